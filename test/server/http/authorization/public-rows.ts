import { all, anybody, type Row } from './row.ts';

/** What needs no token of a person. */
export const publicRows: readonly Row[] = [
  { route: 'GET /api/config', statuses: anybody, tells: [], ask: () => ({ url: '/api/config' }) },
  { route: 'GET /healthz', statuses: anybody, tells: [], ask: () => ({ url: '/healthz' }) },
  { route: 'GET /readyz', statuses: anybody, tells: [], ask: () => ({ url: '/readyz' }) },
  { route: 'GET /api/openapi.json', statuses: anybody, tells: [], ask: () => ({ url: '/api/openapi.json' }) },
  // Services of Microsoft's, each with a proof of its own: a person's token, or none, opens nothing.
  { route: 'POST /api/messages', statuses: all(401), tells: [], ask: () => ({ url: '/api/messages', body: {} }) },
  {
    route: 'POST /graph/notifications',
    statuses: all(400),
    tells: [],
    ask: () => ({ url: '/graph/notifications', body: {} }),
  },
  { route: 'POST /graph/lifecycle', statuses: all(400), tells: [], ask: () => ({ url: '/graph/lifecycle', body: {} }) },
];
