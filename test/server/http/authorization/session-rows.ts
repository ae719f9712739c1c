import { MINUTE, plus } from '../../../../server/domain/time/instant.ts';
import { addActionRow, keepNoteRow, loadActions } from '../../../../server/db/session-work.ts';
import { only, type Row } from './row.ts';
import { secondOf, withSessions, type Scene } from './scene.ts';

const body = { share: 'partner', text: 'What we found' };

/** The pair's sessions, with what both wrote down about the second. */
async function withWork(scene: Scene): Promise<{ sessionId: string; actionId: string }> {
  const { stage, people } = scene;
  const booked = await withSessions(scene);
  const sessionId = secondOf(booked);
  const { tenantId } = stage;
  const now = stage.clock.now();
  const actionId = await stage.tx(async (tx) => {
    for (const { personId } of [people.mentor, people.mentee]) {
      await keepNoteRow(tx, { tenantId, sessionId, personId, share: 'partner', text: 'CANARY-WORK', now });
      await keepNoteRow(tx, { tenantId, sessionId, personId, share: 'onlyMe', text: `CANARY-${personId}`, now });
    }
    const { personId } = people.mentee;
    await addActionRow(tx, { tenantId, pairId: booked.pairId, sessionId, personId, text: 'CANARY-WORK', now });
    return (await loadActions(tx, [booked.pairId]))[0]!.actionId;
  });
  // What one keeps for oneself is nobody else's, and the partner's own words come back to them alone.
  scene.secrets.splice(0, scene.secrets.length, 'CANARY-WORK');
  return { sessionId, actionId };
}

/** What the two of a pair write down around a session, and other times for it. */
export const sessionRows: readonly Row[] = [
  {
    route: 'GET /api/sessions/:sessionId/work',
    statuses: only('mentor', 'mentee'),
    tells: ['mentor', 'mentee'],
    ask: async (scene) => ({ url: `/api/sessions/${(await withWork(scene)).sessionId}/work` }),
  },
  {
    route: 'POST /api/sessions/:sessionId/note',
    statuses: only('mentor', 'mentee'),
    tells: [],
    ask: async (scene) => ({ url: `/api/sessions/${(await withWork(scene)).sessionId}/note`, body }),
  },
  {
    route: 'POST /api/sessions/:sessionId/actions',
    statuses: only('mentor', 'mentee'),
    tells: [],
    ask: async (scene) => ({
      url: `/api/sessions/${(await withWork(scene)).sessionId}/actions`,
      body: { text: 'Try it once' },
    }),
  },
  {
    route: 'POST /api/actions/:actionId',
    // Nobody ticks what another one wants to try.
    statuses: only('mentee'),
    tells: [],
    ask: async (scene) => ({ url: `/api/actions/${(await withWork(scene)).actionId}`, body: { change: 'done' } }),
  },
  {
    route: 'POST /api/sessions/:sessionId/other-times',
    statuses: only('mentor', 'mentee', 'assistant'),
    tells: [],
    ask: async (scene) => {
      scene.stage.clock.advance(5 * MINUTE);
      const { sessions } = await withSessions(scene);
      const next = sessions.find(({ startsAt }) => startsAt > plus(scene.stage.clock.now(), 4 * 24 * 60 * MINUTE));
      return { url: `/api/sessions/${next!.sessionId}/other-times` };
    },
  },
];
