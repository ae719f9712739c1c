import { toIso } from '../../../../server/domain/time/instant.ts';
import { answerProposal } from '../../../../server/use-cases/matching/answer-proposal.ts';
import { nameAssistant } from '../../../../server/use-cases/people/name-assistant.ts';
import { person } from '../../../make/person.ts';
import { all, only, signedIn, type Row } from './row.ts';
import { secondOf, withAnswers, withCopiesLeft, withInvitation, withNewTime, withPair, withSessions } from './scene.ts';

const goal = { topic: 'generative-ai', level: 3 };

/** What belongs to a person, a pair or a session. */
export const participantRows: readonly Row[] = [
  { route: 'GET /api/me', statuses: signedIn, tells: ['mentee'], ask: () => ({ url: '/api/me' }) },
  {
    route: 'GET /api/me/export',
    statuses: signedIn,
    tells: ['mentor', 'mentee', 'assistant'],
    ask: (scene) => withAnswers(scene).then(() => ({ url: '/api/me/export' })),
  },
  {
    route: 'POST /api/me/erasure',
    statuses: signedIn,
    tells: [],
    ask: (scene) => withSessions(scene).then(() => ({ url: '/api/me/erasure' })),
  },
  {
    route: 'GET /api/home',
    statuses: signedIn,
    tells: ['mentor', 'mentee', 'assistant'],
    ask: (scene) => withAnswers(scene).then(() => ({ url: '/api/home' })),
  },
  {
    route: 'POST /api/asks/goals',
    statuses: only('mentee'),
    tells: [],
    ask: async (scene) => ({
      url: '/api/asks/goals',
      body: { cohortId: await withInvitation(scene, 'mentee'), goals: [goal] },
    }),
  },
  {
    route: 'POST /api/asks/join',
    statuses: only('mentor'),
    tells: [],
    ask: async (scene) => ({
      url: '/api/asks/join',
      body: { cohortId: await withInvitation(scene, 'mentor'), answer: 'join', skills: [goal] },
    }),
  },
  {
    route: 'POST /api/pairs/:pairId/mentor-answer',
    statuses: only('mentor'),
    tells: [],
    ask: async (scene) => ({
      url: `/api/pairs/${(await withPair(scene, 'mentorAsked')).pairId}/mentor-answer`,
      body: { answer: 'agree' },
    }),
  },
  {
    // The executive has asked the assistant: from then on either of them answers.
    route: 'POST /api/pairs/:pairId/proposal-answer',
    statuses: only('mentee', 'assistant'),
    tells: [],
    ask: async (scene) => {
      const { pairId } = await withPair(scene, 'menteeAsked');
      const { tenantId } = scene.stage;
      const { personId } = scene.people.mentee;
      await answerProposal(scene.stage, { tenantId, personId, pairId, answer: 'askAssistant' });
      return { url: `/api/pairs/${pairId}/proposal-answer`, body: { answer: 'agree', offer: 0 } };
    },
  },
  {
    route: 'POST /api/pairs/:pairId/restart',
    statuses: only('mentor', 'mentee'),
    tells: [],
    ask: async (scene) => ({
      url: `/api/pairs/${(await withPair(scene, 'suspended')).pairId}/restart`,
      body: { answer: 'findTimes' },
    }),
  },
  {
    // Each for the own calendar.
    route: 'POST /api/pairs/:pairId/remove-copies',
    statuses: only('mentor', 'mentee'),
    tells: [],
    ask: async (scene) => ({ url: `/api/pairs/${(await withCopiesLeft(scene)).pairId}/remove-copies` }),
  },
  {
    route: 'POST /api/pairs/:pairId/leave',
    statuses: only('mentor', 'mentee'),
    tells: [],
    ask: async (scene) => ({ url: `/api/pairs/${(await withSessions(scene)).pairId}/leave` }),
  },
  {
    // Executives name assistants: the mentor's other partner is one too.
    route: 'POST /api/assistants',
    statuses: all(403, { anonymous: 401, mentee: 200, partner: 200 }),
    tells: [],
    ask: ({ stage }) => {
      const helper = person('Hanna Helper');
      stage.directory.people.push(helper);
      return { url: '/api/assistants', body: { address: helper.mail } };
    },
  },
  {
    route: 'POST /api/assistants/:personId/remove',
    statuses: only('mentee'),
    tells: [],
    ask: async ({ stage, people: { mentee } }) => {
      const former = person('Fred Former');
      stage.directory.people.push(former);
      const { tenantId } = stage;
      await nameAssistant(stage, { tenantId, personId: mentee.personId, address: former.mail! });
      return { url: `/api/assistants/${former.personId}/remove` };
    },
  },
  {
    route: 'GET /api/sessions/lookup',
    statuses: signedIn,
    tells: ['mentor', 'mentee'],
    ask: async (scene) => {
      const [session] = (await withAnswers(scene)).sessions;
      const { mail } = scene.stage.mailbox;
      return { url: `/api/sessions/lookup?organizer=${mail}&start=${toIso(session!.startsAt)}` };
    },
  },
  {
    route: 'GET /api/sessions/:sessionId',
    statuses: only('mentor', 'mentee'),
    tells: ['mentor', 'mentee'],
    ask: async (scene) => ({ url: `/api/sessions/${secondOf(await withAnswers(scene))}` }),
  },
  {
    // Of the one whom the executive named, times alone.
    route: 'POST /api/sessions/:sessionId/new-time',
    statuses: only('mentee', 'assistant'),
    tells: [],
    ask: async (scene) => {
      const { booked, start } = await withNewTime(scene);
      return {
        url: `/api/sessions/${booked.sessions[0]!.sessionId}/new-time`,
        body: { round: 1, answer: 'take', start: toIso(start) },
      };
    },
  },
  {
    route: 'POST /api/sessions/:sessionId/feedback',
    statuses: only('mentor', 'mentee'),
    tells: [],
    ask: async (scene) => ({
      url: `/api/sessions/${secondOf(await withSessions(scene))}/feedback`,
      body: { tookPlace: true, usefulness: 4 },
    }),
  },
  {
    route: 'POST /api/sessions/:sessionId/another-match',
    statuses: only('mentor', 'mentee'),
    tells: [],
    ask: async (scene) => ({ url: `/api/sessions/${secondOf(await withAnswers(scene))}/another-match` }),
  },
  {
    // Everybody who takes part in the cohort, for themselves.
    route: 'POST /api/contact-requests',
    statuses: only('mentor', 'mentee', 'partner'),
    tells: [],
    ask: ({ cohortId, people: { safeContact } }) => ({
      url: '/api/contact-requests',
      body: { cohortId, contactId: safeContact.personId },
    }),
  },
];
