import { opaqueId } from '../../hash.ts';
import { GraphRefusal } from '../refusal.ts';
import type { PostToProduct } from './post-to-product.ts';

const REFUSED = 'Subscription validation request failed.';

/**
 * Proves that an address wants notifications: it must answer a POST with `?validationToken=` by 200, `text/plain` and
 * the token in clear. Refuses (400 `ValidationError`) otherwise.
 */
export async function validateAddress(post: PostToProduct, url: string, ...about: string[]): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${opaqueId(32, 'validation', url, ...about)}`;
  const target = new URL(url);
  target.searchParams.set('validationToken', token);
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  const answer = await post(target.href, { headers, body: '', part: null });
  if (answer.status === 0) throw failed('Subscription validation request timed out.');
  if (answer.status !== 200)
    throw failed(`${REFUSED} Notification endpoint must respond with 200 OK to validation request.`);
  if (!/^text\/plain\b/i.test(answer.contentType))
    throw failed(`${REFUSED} Must respond with content type text/plain.`);
  if (answer.body !== token) throw failed(`${REFUSED} Response must exactly match validationToken query parameter.`);
}

const failed = (message: string): GraphRefusal => new GraphRefusal(400, 'ValidationError', message);
