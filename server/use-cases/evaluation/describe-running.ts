import type { AlarmCode, LogGroup, RunningReply } from '../../contract/running.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { findCohort, loadParticipants } from '../../db/cohorts.ts';
import { loadPairs, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { RunLogKind } from '../../db/run-log.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { Person, PersonId, TenantId } from '../../domain/people/person.ts';
import { toIso } from '../../domain/time/instant.ts';
import { AppError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { RELEASABLE } from '../matching/release-pair.ts';
import { listLogEntries, type RunLogTexts } from './describe-run-log.ts';
import { loadAlarms } from './load-alarms.ts';
import { loadToldWishes } from './load-told-wishes.ts';

const LOG_ENTRIES = 200;
/** Pairs of which no view tells. */
const UNTOLD: readonly PairRow['state'][] = ['mentorDeclined', 'menteeDeclined'];

/**
 * How a cohort runs: pairs at risk with what is missing, whom one can ask about, and the log. Never who declined, moved or
 * cancelled, and nothing that one person did. Throws `notFound`.
 */
export async function describeRunning(
  { db, clock, texts }: { db: Database; clock: Clock; texts: RunLogTexts },
  { tenantId, cohortId, locale }: { tenantId: TenantId; cohortId: string; locale: Locale },
): Promise<RunningReply> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    if (!(await findCohort(tx, cohortId))) throw new AppError('notFound');
    const pairs = (await loadPairs(tx, { cohortId })).filter(({ state }) => !UNTOLD.includes(state));
    const ids = pairs.map(({ pairId }) => pairId);
    const wishes = await loadToldWishes(tx, ids, now);
    const alarms = await loadAlarms(tx, ids, now);
    const participants = (await loadParticipants(tx, { cohortId })).filter(
      ({ state }) => state !== 'declined' && state !== 'left',
    );
    const people = await loadPeopleById(tx, [
      ...pairs.flatMap(({ mentorId, menteeId }) => [mentorId, menteeId]),
      ...participants.map(({ personId }) => personId),
    ]);
    const namesOf = ({ mentorId, menteeId }: PairRow) => ({
      mentorName: people.get(mentorId)?.displayName ?? '',
      menteeName: people.get(menteeId)?.displayName ?? '',
    });
    const risks = pairs.flatMap((pair) => {
      const codes = [...ofState(pair, wishes.has(pair.pairId)), ...(alarms.get(pair.pairId) ?? [])];
      if (codes.length === 0) return [];
      return [
        {
          pairId: pair.pairId,
          ...namesOf(pair),
          alarms: codes,
          mails: mailsOf(pair, people),
          canRelease: RELEASABLE.includes(pair.state) || wishes.has(pair.pairId),
        },
      ];
    });
    return {
      now: toIso(now),
      risks: risks.toSorted((a, b) => Number(b.canRelease) - Number(a.canRelease) || b.alarms.length - a.alarms.length),
      pairs: pairs.map((pair) => ({ pairId: pair.pairId, ...namesOf(pair) })),
      people: participants.map(({ personId, side }) => ({
        personId,
        side,
        displayName: people.get(personId)?.displayName ?? '',
      })),
      log: (await listLogEntries(tx, texts, { locale, most: LOG_ENTRIES })).map(({ kind, ...entry }) => ({
        ...entry,
        group: GROUPS[kind],
      })),
    };
  });
}

function ofState({ state }: PairRow, wantsAnother: boolean): AlarmCode[] {
  if (state === 'waiting') return ['silence'];
  if (state === 'noSlot') return ['noSlot'];
  return wantsAnother ? ['wish'] : [];
}

function mailsOf({ mentorId, menteeId }: PairRow, people: ReadonlyMap<PersonId, Person>): string[] | null {
  const mails = [menteeId, mentorId].map((id) => people.get(id)?.mail ?? null);
  return mails.every((mail): mail is string => mail !== null) ? mails : null;
}

/** By which the log can be filtered. */
const GROUPS: Readonly<Record<RunLogKind, LogGroup>> = {
  organizationRead: 'people',
  cohortCreated: 'people',
  invited: 'people',
  joined: 'people',
  matched: 'matching',
  mentorsAsked: 'matching',
  waitsForTraining: 'matching',
  proposalAnswered: 'matching',
  waitingForAdministrator: 'matching',
  slotsOffered: 'calendar',
  noSlotFound: 'calendar',
  seriesBooked: 'calendar',
  bookedWithoutLink: 'calendar',
  slotTaken: 'calendar',
  sessionChanged: 'calendar',
  calendarUnreachable: 'calendar',
  calendarNotReadable: 'calendar',
  copyFound: 'calendar',
  clockChanged: 'calendar',
  pairPaused: 'pairs',
  pairEnded: 'pairs',
  noFirstSession: 'pairs',
  longPause: 'pairs',
  lostSession: 'pairs',
  feedbackAsked: 'pairs',
  feedbackReceived: 'pairs',
  seriesLost: 'technical',
  copiesLeft: 'technical',
  signInRefused: 'technical',
  pollingOnly: 'technical',
  appRemoved: 'technical',
};
