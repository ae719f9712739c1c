import type { Delivered, Delivery } from '../../kernel/deliver.ts';

/** Sends a POST to an https address that the product registered; status 0 where no answer came. */
export type PostToProduct = (url: string, delivery: Delivery) => Promise<Delivered>;
