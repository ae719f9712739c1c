import { loadContent } from '../../../../server/locales/load-content.ts';
import { all, only, type Row } from './row.ts';
import { withPair } from './scene.ts';

/** Who takes part; an administrator answers for what is taught, also of another organization there. */
const learners = { mentor: 200, mentee: 200, partner: 200, administrator: 200, otherTenant: 200 };
const mentors = { mentor: 200, administrator: 200, otherTenant: 200 };
const { check } = loadContent(null).en.training.trust;

/** What is learned before and between sessions: nothing in it is about anybody. */
export const learningRows: readonly Row[] = [
  {
    route: 'GET /api/training',
    statuses: all(403, { anonymous: 401, ...mentors }),
    tells: [],
    ask: () => ({ url: '/api/training' }),
  },
  {
    route: 'GET /api/training/executive',
    statuses: all(403, { anonymous: 401, ...learners }),
    tells: [],
    ask: () => ({ url: '/api/training/executive' }),
  },
  {
    route: 'GET /api/training/:moduleId',
    statuses: all(403, { anonymous: 401, ...mentors }),
    tells: [],
    ask: () => ({ url: '/api/training/trust' }),
  },
  {
    route: 'POST /api/training/:moduleId/check',
    statuses: all(403, { anonymous: 401, mentor: 200 }),
    tells: [],
    ask: () => ({ url: '/api/training/trust/check', body: { answers: check.map(({ right }) => right) } }),
  },
  {
    route: 'GET /api/guides',
    statuses: all(403, { anonymous: 401, ...learners }),
    tells: [],
    ask: () => ({ url: '/api/guides' }),
  },
  {
    route: 'GET /api/guides/:topic',
    statuses: all(403, { anonymous: 401, ...learners }),
    tells: [],
    ask: () => ({ url: '/api/guides/data-literacy' }),
  },
  {
    route: 'GET /api/pairs/:pairId/agreement',
    statuses: only('mentor', 'mentee'),
    tells: [],
    ask: async (scene) => ({ url: `/api/pairs/${(await withPair(scene, 'menteeAsked')).pairId}/agreement` }),
  },
];
