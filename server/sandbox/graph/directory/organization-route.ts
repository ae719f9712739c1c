import type { GraphRoute } from '../graph-call.ts';
import { odataContext } from '../link-base.ts';

/** The tenant itself. */
export function organizationRoute(): GraphRoute {
  return {
    method: 'GET',
    template: '/organization',
    units: 1,
    anyOf: ['Organization.Read.All', 'User.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    operation: ({ world }) => ({
      status: 200,
      body: {
        '@odata.context': odataContext('organization'),
        value: [
          {
            id: world.tenantId,
            displayName: world.domain.split('.')[0],
            tenantType: 'AAD',
            verifiedDomains: [
              {
                capabilities: 'Email, OfficeCommunicationsOnline',
                isDefault: true,
                isInitial: true,
                name: world.domain,
                type: 'Managed',
              },
            ],
          },
        ],
      },
    }),
  };
}
