import { administrators, type Row } from './row.ts';
import { withAnswers, withDraft, withPair, type Scene } from './scene.ts';

const cohortPath = (scene: Scene, path: string) => `/api/admin/cohorts/${scene.cohortId}/${path}`;
const forbid = ({ people: { mentee, mentor } }: Scene) => ({
  changes: [{ menteeId: mentee.personId, mentorId: mentor.personId, wish: 'forbidden' }],
});

/** Reviewing a cohort's matching, its calendars and how it runs. Held or not is all an administrator sees of a session. */
export const cohortRows: readonly Row[] = [
  {
    route: 'GET /api/admin/cohorts/:cohortId/matching',
    statuses: administrators(404),
    tells: ['administrator'],
    ask: async (scene) => {
      await withPair(scene, 'proposed');
      return { url: cohortPath(scene, 'matching') };
    },
  },
  {
    route: 'POST /api/admin/cohorts/:cohortId/wishes/price',
    statuses: administrators(404),
    tells: [],
    ask: (scene) => ({ url: cohortPath(scene, 'wishes/price'), body: forbid(scene) }),
  },
  {
    route: 'POST /api/admin/cohorts/:cohortId/wishes',
    statuses: administrators(404),
    // The changes that take it back name the two.
    tells: ['administrator'],
    ask: (scene) => ({ url: cohortPath(scene, 'wishes'), body: forbid(scene) }),
  },
  {
    route: 'GET /api/admin/cohorts/:cohortId/publish-preview',
    statuses: administrators(404),
    // Mentors alone are asked by it.
    tells: ['administrator'],
    ask: async (scene) => {
      await withPair(scene, 'proposed');
      return { url: cohortPath(scene, 'publish-preview') };
    },
  },
  {
    route: 'POST /api/admin/cohorts/:cohortId/match/stream',
    statuses: administrators(404),
    tells: [],
    ask: (scene) => ({ url: cohortPath(scene, 'match/stream') }),
  },
  {
    route: 'GET /api/admin/cohorts/:cohortId/progress',
    statuses: administrators(404),
    tells: [],
    ask: async (scene) => ({ url: `/api/admin/cohorts/${await withDraft(scene)}/progress` }),
  },
  {
    route: 'GET /api/admin/cohorts/:cohortId/running',
    statuses: administrators(404),
    // Pairs at risk, which both sides are named of.
    tells: ['administrator'],
    ask: async (scene) => {
      await withAnswers(scene);
      return { url: cohortPath(scene, 'running') };
    },
  },
  {
    route: 'GET /api/admin/cohorts/:cohortId/waiting',
    statuses: administrators(404),
    tells: [],
    ask: async (scene) => {
      const { pairId } = await withPair(scene, 'waiting');
      return { url: `${cohortPath(scene, 'waiting')}?pairId=${pairId}` };
    },
  },
  {
    route: 'GET /api/admin/cohorts/:cohortId/calendar',
    statuses: administrators(404),
    tells: ['administrator'],
    ask: async (scene) => {
      await withAnswers(scene);
      return { url: cohortPath(scene, 'calendar') };
    },
  },
  {
    route: 'POST /api/admin/cohorts/:cohortId/offering-preview',
    statuses: administrators(404),
    tells: [],
    ask: (scene) => ({ url: cohortPath(scene, 'offering-preview') }),
  },
];
