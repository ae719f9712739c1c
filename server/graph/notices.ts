import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { isGuid } from './paths.ts';

/** Graph mixes some notices of several subscriptions into one request; far more than this is no Graph. */
const NOTICES_PER_REQUEST = 1_000;
const SHORT = z.string().max(200);
const LONG = z.string().max(4_000);

/** A hint that something changed in a mailbox. Only reading tells what (reliability.md R5). */
export interface Notice {
  subscriptionId: string;
  tenantId: TenantId | null;
  clientState: string;
  changeType: 'created' | 'updated' | 'deleted';
  /** The mailbox and the event that `resource` names; null where it names neither in a form we know. */
  mailboxId: PersonId | null;
  eventId: string | null;
}

/** News about a subscription itself. All but `reauthorizationRequired` ask for a round of reading. */
export interface LifecycleNotice {
  subscriptionId: string;
  tenantId: TenantId | null;
  clientState: string;
  lifecycleEvent: 'missed' | 'subscriptionRemoved' | 'reauthorizationRequired';
}

const notification = z.object({
  subscriptionId: SHORT,
  tenantId: SHORT.nullish(),
  clientState: SHORT.nullish(),
  changeType: z.enum(['created', 'updated', 'deleted']),
  resource: LONG,
});
const lifecycle = z.object({
  subscriptionId: SHORT,
  tenantId: SHORT.nullish(),
  clientState: SHORT.nullish(),
  lifecycleEvent: z.enum(['missed', 'subscriptionRemoved', 'reauthorizationRequired']),
});
const envelope = z.object({ value: z.array(z.unknown()).max(NOTICES_PER_REQUEST) });

/** The notices of a request's body; items that are not understood are left out. Null: this is no such body. */
export function parseNotices(body: unknown): Notice[] | null {
  return (
    parseItems(body, notification)?.map(({ resource, ...item }) => ({
      ...commonOf(item),
      changeType: item.changeType,
      ...placeOf(resource),
    })) ?? null
  );
}

/** The lifecycle events of a request's body; items that are not understood are left out. Null: this is no such body. */
export function parseLifecycleNotices(body: unknown): LifecycleNotice[] | null {
  return (
    parseItems(body, lifecycle)?.map((item) => ({ ...commonOf(item), lifecycleEvent: item.lifecycleEvent })) ?? null
  );
}

/**
 * True when both texts are equal, in a time that does not tell where they differ: `clientState` is the only proof that
 * a notice comes from Graph.
 */
export function isSameClientState(expected: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

function parseItems<T>(body: unknown, item: z.ZodType<T>): T[] | null {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return null;
  return parsed.data.value.flatMap((one) => {
    const result = item.safeParse(one);
    return result.success ? [result.data] : [];
  });
}

function commonOf(item: { subscriptionId: string; tenantId?: string | null; clientState?: string | null }) {
  const tenantId = item.tenantId && isGuid(item.tenantId) ? (item.tenantId.toLowerCase() as TenantId) : null;
  return { subscriptionId: item.subscriptionId.toLowerCase(), tenantId, clientState: item.clientState ?? '' };
}

/** `Users/{id}/Events/{id}`, in any case; the user's part may carry the tenant behind an @. */
function placeOf(resource: string): { mailboxId: PersonId | null; eventId: string | null } {
  const [, user = '', event = ''] = /^\/?users\/([^/@]+)(?:@[^/]*)?\/events\/([^/?]+)$/i.exec(resource) ?? [];
  const isKnown = isGuid(user) && event !== '';
  return { mailboxId: isKnown ? (user.toLowerCase() as PersonId) : null, eventId: isKnown ? event : null };
}
