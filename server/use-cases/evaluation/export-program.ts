import type { ProgramExportReply } from '../../contract/administrator.ts';
import type { Locale, SessionState } from '../../contract/vocabulary.ts';
import { loadParticipants } from '../../db/cohorts.ts';
import { loadPairs } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import type { SessionRow } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { TenantId } from '../../domain/people/person.ts';
import { toIso, toIsoOrNull, type Instant } from '../../domain/time/instant.ts';
import type { Clock } from '../../ports.ts';
import { erasureDue } from '../people/app-removal.ts';
import { describePublished } from './describe-published.ts';
import { describeRunLog, type RunLogTexts } from './describe-run-log.ts';
import { loadToldSessions } from './load-told-sessions.ts';

type Cohorts = ProgramExportReply['programs'][number]['cohorts'];

/**
 * The whole program for its administrator, to be kept elsewhere before it is erased (reliability.md F39): who took part,
 * who was paired, and which sessions were held. Like the overview it tells of nobody who declined, left, moved or cancelled,
 * and holds no goal, no answer and no note (product.md, Who sees what).
 */
export async function exportProgram(
  { db, clock, texts }: { db: Database; clock: Clock; texts: RunLogTexts },
  { tenantId, locale }: { tenantId: TenantId; locale: Locale },
): Promise<ProgramExportReply> {
  return inTenant(db, tenantId, async (tx) => {
    const programs = await tx.selectFrom('programs').selectAll().orderBy('createdAt').orderBy('programId').execute();
    const exported: ProgramExportReply['programs'] = [];
    for (const { programId, name, mode, createdAt } of programs)
      exported.push({
        name,
        mode,
        createdAt: toIso(createdAt),
        cohorts: await exportCohorts(tx, programId, clock.now()),
      });
    return {
      exportedAt: toIso(clock.now()),
      erasedAt: toIsoOrNull(erasureDue(await loadTenant(tx))),
      programs: exported,
      runLog: await describeRunLog(tx, texts, { locale }),
    };
  });
}

async function exportCohorts(tx: TenantTransaction, programId: string, now: Instant): Promise<Cohorts> {
  const cohorts = await tx
    .selectFrom('cohorts')
    .selectAll()
    .where('programId', '=', programId)
    .orderBy('createdAt')
    .orderBy('cohortId')
    .execute();
  const exported: Cohorts = [];
  for (const { cohortId, name, state, startsOn, sessions, minutes, everyWeeks, everyMonths, createdAt } of cohorts)
    exported.push({
      name,
      state,
      startsOn,
      sessions,
      minutes,
      everyWeeks,
      everyMonths,
      createdAt: toIso(createdAt),
      participants: await exportParticipants(tx, cohortId),
      pairs: await exportPairs(tx, cohortId, now),
      feedback: await describePublished(tx, cohortId),
    });
  return exported;
}

/** Who declined or left is left out, as it is in the overview. */
async function exportParticipants(tx: TenantTransaction, cohortId: string): Promise<Cohorts[number]['participants']> {
  const rows = await loadParticipants(tx, { cohortId, states: ['nominated', 'invited', 'joined', 'paused'] });
  const people = await loadPeopleById(
    tx,
    rows.map(({ personId }) => personId),
  );
  return rows.map(({ personId, side, state }) => {
    const person = people.get(personId);
    return {
      displayName: person?.displayName ?? null,
      mail: person?.mail ?? null,
      department: person?.department ?? null,
      side,
      state,
    };
  });
}

async function exportPairs(tx: TenantTransaction, cohortId: string, now: Instant): Promise<Cohorts[number]['pairs']> {
  const pairs = (await loadPairs(tx, { cohortId })).filter(
    ({ state }) => state !== 'mentorDeclined' && state !== 'menteeDeclined',
  );
  const sessions = await loadToldSessions(
    tx,
    pairs.map(({ pairId }) => pairId),
    now,
  );
  const people = await loadPeopleById(
    tx,
    pairs.flatMap(({ mentorId, menteeId }) => [mentorId, menteeId]),
  );
  return pairs.map(({ pairId, mentorId, menteeId, state }) => ({
    mentorName: people.get(mentorId)?.displayName ?? null,
    menteeName: people.get(menteeId)?.displayName ?? null,
    state,
    sessions: sessions.filter((session) => session.pairId === pairId).map(sessionOf),
  }));
}

/** That a session does not take place is told; whether somebody cancelled, declined or deleted it is not. */
const STANDING: Record<SessionState, 'planned' | 'booked' | 'dropped'> = {
  planned: 'planned',
  booked: 'booked',
  cancelled: 'dropped',
  declined: 'dropped',
  deleted: 'dropped',
};

const sessionOf = ({ number, startsAt, endsAt, state, held }: SessionRow) => ({
  number,
  start: toIso(startsAt),
  end: toIso(endsAt),
  state: STANDING[state],
  held,
});
