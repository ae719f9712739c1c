import type { TenantId } from '../domain/people/person.ts';
import type { GraphClient } from './types.ts';

/** The client of the only tenant, or the way to each tenant's client. */
export type GraphClients = GraphClient | ((tenantId: TenantId) => GraphClient);

/** The client of this tenant. Throws when it would be another's: no byte may cross tenants (reliability.md I8). */
export function clientOf(clients: GraphClients, tenantId: TenantId): GraphClient {
  const client = typeof clients === 'function' ? clients(tenantId) : clients;
  if (client.tenantId !== tenantId) throw new Error('the Graph client belongs to another tenant');
  return client;
}
