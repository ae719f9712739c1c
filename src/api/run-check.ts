import { checkReply, type CheckReply } from '../../server/contract/check.ts';
import type { ApiClient } from './client.ts';

/** Some thirty calls, one after the other, and the slowest of them decides. */
const TIMEOUT_MS = 120_000;

/** Lets the server look at everything that it needs. */
export function runCheck(client: ApiClient, signal?: AbortSignal): Promise<CheckReply> {
  return client.send({ method: 'POST', path: '/api/admin/check', reply: checkReply, signal, timeoutMs: TIMEOUT_MS });
}
