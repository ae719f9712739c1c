import { assistantView, type AssistantView } from '../../server/contract/assistants.ts';
import type { ApiClient } from './client.ts';

/** Names somebody, by work address, to answer for the caller. */
export function nameAssistant(client: ApiClient, address: string): Promise<AssistantView> {
  return client.send({ method: 'POST', path: '/api/assistants', body: { address }, reply: assistantView });
}
