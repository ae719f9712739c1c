import { configReply, type ConfigReply } from '../../server/contract/http.ts';
import { createApiClient } from './client.ts';

/** What a page needs before anybody has signed in. */
export function readConfig(): Promise<ConfigReply> {
  const client = createApiClient({ token: null, locale: () => navigator.language });
  return client.send({ method: 'GET', path: '/api/config', reply: configReply });
}
