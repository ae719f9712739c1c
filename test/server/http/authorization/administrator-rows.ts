import { newId } from '../../../make/person.ts';
import { administrators, type Row } from './row.ts';
import { withAnswers, withDraft, withGroups, withPair } from './scene.ts';

/** What belongs to the program as a whole. */
export const administratorRows: readonly Row[] = [
  {
    route: 'GET /api/admin/overview',
    statuses: administrators(200),
    tells: ['administrator'],
    ask: (scene) => withAnswers(scene).then(() => ({ url: '/api/admin/overview' })),
  },
  {
    route: 'GET /api/admin/export',
    statuses: administrators(200),
    tells: ['administrator'],
    ask: (scene) => withAnswers(scene).then(() => ({ url: '/api/admin/export' })),
  },
  {
    route: 'POST /api/admin/check',
    // Each learns of the own organization alone.
    statuses: administrators(200),
    tells: [],
    ask: () => ({ url: '/api/admin/check' }),
  },
  {
    route: 'GET /api/admin/groups',
    statuses: administrators(200),
    tells: [],
    ask: (scene) => (withGroups(scene), { url: '/api/admin/groups?startsWith=Exec' }),
  },
  {
    route: 'POST /api/admin/cohorts',
    // The groups and the contact are in our directory, which answers for both organizations here.
    statuses: administrators(200),
    tells: [],
    ask: (scene) => {
      const { executives, volunteers } = withGroups(scene);
      const names = { programName: 'Program', cohortName: newId() };
      const groups = { menteeGroupId: executives, mentorGroupId: volunteers };
      return {
        url: '/api/admin/cohorts',
        body: { ...names, ...groups, safeContact: scene.people.safeContact.mail },
      };
    },
  },
  {
    route: 'POST /api/admin/cohorts/:cohortId/safe-contact',
    statuses: administrators(404),
    tells: [],
    ask: (scene) => {
      withGroups(scene);
      const { safeContact } = scene.people;
      return { url: `/api/admin/cohorts/${scene.cohortId}/safe-contact`, body: { address: safeContact.mail } };
    },
  },
  {
    route: 'POST /api/admin/cohorts/:cohortId/invite',
    statuses: administrators(404),
    tells: [],
    ask: async (scene) => ({ url: `/api/admin/cohorts/${await withDraft(scene)}/invite` }),
  },
  {
    route: 'POST /api/admin/cohorts/:cohortId/match',
    statuses: administrators(404),
    tells: ['administrator'],
    ask: ({ cohortId }) => ({ url: `/api/admin/cohorts/${cohortId}/match` }),
  },
  {
    route: 'POST /api/admin/cohorts/:cohortId/publish',
    statuses: administrators(404),
    tells: [],
    ask: async (scene) => {
      await withPair(scene, 'proposed');
      return { url: `/api/admin/cohorts/${scene.cohortId}/publish` };
    },
  },
  {
    route: 'POST /api/admin/pairs/:pairId/release',
    statuses: administrators(404),
    tells: [],
    ask: async (scene) => ({ url: `/api/admin/pairs/${(await withPair(scene, 'waiting')).pairId}/release` }),
  },
];
