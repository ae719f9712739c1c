import { doneReply } from '../../server/contract/http.ts';
import type { ApiClient } from './client.ts';

/** Takes back that somebody answers for the caller. */
export async function removeAssistant(client: ApiClient, personId: string): Promise<void> {
  await client.send({
    method: 'POST',
    path: `/api/assistants/${encodeURIComponent(personId)}/remove`,
    reply: doneReply,
  });
}
