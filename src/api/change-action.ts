import { doneReply } from '../../server/contract/http.ts';
import type { ActionChange } from '../../server/contract/session-work.ts';
import type { ApiClient } from './client.ts';

/** Ticks an action of the caller's own, opens it again or takes it away. */
export async function changeAction(client: ApiClient, actionId: string, change: ActionChange): Promise<void> {
  const path = `/api/actions/${encodeURIComponent(actionId)}`;
  await client.send({ method: 'POST', path, body: { change }, reply: doneReply });
}
