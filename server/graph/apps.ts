import type { Messenger } from '../ports.ts';
import { GRAPH_ORIGIN } from './exchange.ts';
import { readAllPages } from './pages.ts';
import { guid, literal, query } from './paths.ts';
import { catalogApp, nothing } from './replies.ts';
import { clientOf, type GraphClients } from './tenants.ts';

/** The part of `Messenger` that goes through Graph, as app 1 (only the app itself may install itself). */
export type AppInstaller = Pick<Messenger, 'findCatalogApp' | 'install'>;

/** Finds the app in the tenant's catalog by the id in its manifest, and installs it for people. */
export function createAppInstaller(clients: GraphClients, options: { manifestId: string }): AppInstaller {
  const filter = `externalId eq ${literal(guid(options.manifestId, 'manifestId'))}`;
  return {
    async findCatalogApp(tenantId) {
      const path = `/appCatalogs/teamsApps${query({ $filter: filter, $select: 'id,externalId,distributionMethod' })}`;
      const found = await readAllPages(clientOf(clients, tenantId), { path, item: catalogApp });
      if (found.outcome !== 'done') return found;
      const ours = found.value.filter(
        ({ externalId }) => externalId?.toLowerCase() === options.manifestId.toLowerCase(),
      );
      // The organization's own upload goes before a store app or a sideloaded one of the same manifest.
      const best =
        ours.find(({ distributionMethod }) => distributionMethod?.toLowerCase() === 'organization') ?? ours[0];
      return { outcome: 'done', value: best?.id ?? null };
    },
    async install(tenantId, personId, catalogAppId) {
      const app = encodeURIComponent(catalogAppId);
      const result = await clientOf(clients, tenantId).write({
        method: 'POST',
        path: `/users/${guid(personId, 'personId')}/teamwork/installedApps`,
        body: { 'teamsApp@odata.bind': `${GRAPH_ORIGIN}/v1.0/appCatalogs/teamsApps/${app}` },
        reply: nothing,
      });
      // 409: it is installed already, which is what was wanted.
      return result.outcome === 'refused' && result.status === 409 ? { outcome: 'done', value: null } : result;
    },
  };
}
