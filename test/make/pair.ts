import type { PairState, ParticipantState, Side, Topic } from '../../server/contract/vocabulary.ts';
import { findCohort } from '../../server/db/cohorts.ts';
import { findPair, type PairRow } from '../../server/db/pairs.ts';
import { savePeople } from '../../server/db/people.ts';
import { at, json } from '../../server/db/schema.ts';
import type { Person, PersonId } from '../../server/domain/people/person.ts';
import type { OfferKind, SlotOffer } from '../../server/domain/slots/types.ts';
import { toWall, weekdayOf } from '../../server/domain/time/wall-time.ts';
import { DAY, MINUTE, parseInstant, plus, type Instant, type LocalDate } from '../../server/domain/time/instant.ts';
import { newId, person } from './person.ts';
import { OFFICE_HOURS, ROME, START, type Stage } from './server.ts';

/** Where rows are made: a stage with fakes, or one where the product runs against a sandbox. */
export type Rows = Pick<Stage, 'tenantId' | 'tx'> & { clock: Pick<Stage['clock'], 'now'> };

export interface CohortOptions {
  state?: 'draft' | 'inviting' | 'matched' | 'running' | 'closed';
  sessions?: number;
  automatic?: boolean;
  /** Nobody unless told. */
  safeContact?: Person;
}

/** A cohort of a program "Reverse mentoring": three weekly sessions of 30 minutes unless said otherwise. */
export async function cohort(
  stage: Rows,
  { state = 'running', sessions = 3, automatic = false, safeContact }: CohortOptions = {},
): Promise<string> {
  const { tenantId } = stage;
  const cohortId = newId();
  await stage.tx(async (tx) => {
    if (safeContact) await savePeople(tx, tenantId, [safeContact], START);
    const programId = newId();
    await tx
      .insertInto('programs')
      .values({ tenantId, programId, name: 'Reverse mentoring', createdAt: at(START) })
      .execute();
    await tx
      .insertInto('cohorts')
      .values({
        tenantId,
        cohortId,
        programId,
        name: 'Autumn',
        state,
        automatic,
        menteeGroupId: newId(),
        mentorGroupId: newId(),
        startsOn: '2026-09-29' as LocalDate,
        sessions,
        minutes: 30,
        everyWeeks: 1,
        firstWithinDays: 21,
        maxMoved: 2,
        tentativeIsFree: false,
        safeContactId: safeContact?.personId ?? null,
        createdBy: newId() as PersonId,
        createdAt: at(START),
      })
      .execute();
  });
  return cohortId;
}

export interface ParticipantOptions {
  state?: ParticipantState;
  topics?: Topic[];
  isPrepared?: boolean;
  dueAt?: Instant | null;
  /** False: the bot knows no chat with them yet. */
  hasChat?: boolean;
}

/** Adds somebody to a cohort, prepared and with an open chat unless told otherwise. */
export async function participant(
  stage: Rows,
  cohortId: string,
  side: Side,
  who: Person = person(),
  options: ParticipantOptions = {},
): Promise<Person> {
  const { tenantId } = stage;
  const {
    state = 'joined',
    topics = ['generative-ai', 'short-video'],
    isPrepared = true,
    dueAt = null,
    hasChat = true,
  } = options;
  const items = json(topics.map((topic) => ({ topic, level: side === 'mentor' ? 5 : 2 })));
  await stage.tx(async (tx) => {
    await savePeople(tx, tenantId, [who], START);
    await tx
      .insertInto('participants')
      .values({
        tenantId,
        cohortId,
        personId: who.personId,
        side,
        state,
        ...(state === 'joined' ? (side === 'mentor' ? { skills: items, trainedAt: at(START) } : { goals: items }) : {}),
        languages: json(['en', 'it']),
        locale: 'en',
        timeZone: ROME,
        workingHours: json(OFFICE_HOURS),
        calendar: isPrepared ? 'readable' : 'unknown',
        invitedAt: at(START),
        preparedAt: isPrepared ? at(START) : null,
        dueAt: dueAt === null ? null : at(dueAt),
      })
      .execute();
  });
  if (hasChat) await openChat(stage, who.personId);
  return who;
}

/** The person's chat with the bot; its id is the person's. */
export async function openChat(stage: Rows, personId: PersonId): Promise<void> {
  await stage.tx((tx) =>
    tx
      .insertInto('conversations')
      .values({
        tenantId: stage.tenantId,
        personId,
        conversationId: personId,
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        installedAt: at(START),
        welcomedAt: at(START),
      })
      .onConflict((oc) => oc.doNothing())
      .execute(),
  );
}

/** The first offered start: Tuesday, 10:00 in Rome. */
export const FIRST: Instant = parseInstant('2026-10-06T08:00:00Z');

/** An offer of weekly sessions of 30 minutes; `moved` names dates (from 1) that stand two hours later. */
export function offer(
  options: { first?: Instant; count?: number; moved?: readonly number[]; kind?: OfferKind } = {},
): SlotOffer {
  const { first = FIRST, count = 3, moved = [], kind = 'mostDates' } = options;
  const firstStart = toWall(first, ROME);
  const firstDate = firstStart.slice(0, 10) as LocalDate;
  const dates = Array.from({ length: count }, (_, index) => {
    const originalStart = plus(first, index * 7 * DAY);
    const isMoved = moved.includes(index + 1);
    const start = isMoved ? plus(originalStart, 120 * MINUTE) : originalStart;
    return { originalStart, start, end: plus(start, 30 * MINUTE), isMoved };
  });
  return {
    weekday: weekdayOf(firstDate),
    time: firstStart.slice(11),
    timeZone: ROME,
    firstDate,
    firstStart,
    dates,
    movedDates: moved.length,
    score: 900_000,
    reasons: [{ code: 'freeOnAllDates', count }],
    kind,
  };
}

export interface MadePair {
  cohortId: string;
  pairId: string;
  mentor: Person;
  mentee: Person;
}

export interface PairOptions {
  cohortId?: string;
  mentor?: Person;
  mentee?: Person;
  offers?: SlotOffer[];
  dueAt?: Instant | null;
}

/** Two people of a cohort, matched as far as `state`; from `menteeAsked` on with a proposal of one offer. */
export async function pair(
  stage: Rows,
  state: PairState = 'menteeAsked',
  options: PairOptions = {},
): Promise<MadePair> {
  const { tenantId } = stage;
  const cohortId = options.cohortId ?? (await cohort(stage));
  const mentor =
    options.mentor ??
    (await participant(
      stage,
      cohortId,
      'mentor',
      person('Mia Mentor', { department: 'Digital', officeLocation: 'Roma' }),
    ));
  const mentee =
    options.mentee ??
    (await participant(
      stage,
      cohortId,
      'mentee',
      person('Elio Executive', { department: 'Board', officeLocation: 'Milano' }),
    ));
  const pairId = newId();
  const now = stage.clock.now();
  const isOffered = state === 'menteeAsked' || options.offers !== undefined;
  await stage.tx(async (tx) => {
    await tx
      .insertInto('pairs')
      .values({
        tenantId,
        pairId,
        cohortId,
        mentorId: mentor.personId,
        menteeId: mentee.personId,
        generation: 1,
        state,
        score: 800_000,
        parts: json({ goals: 800_000, interests: 0, languages: 0, overlap: 0, difference: 0 }),
        reasons: json([
          { code: 'goalsCovered', covered: ['generative-ai'], of: 2 },
          { code: 'otherDepartment', department: mentor.department, menteeDepartment: mentee.department },
        ]),
        stateSince: at(now),
        dueAt: options.dueAt === null ? null : at(options.dueAt ?? now),
        slotSearches: isOffered ? 1 : 0,
      })
      .execute();
    if (!isOffered) return;
    await tx
      .insertInto('proposals')
      .values({
        tenantId,
        pairId,
        generation: 1,
        offers: json(options.offers ?? [offer()]),
        state: 'open',
        offeredAt: at(now),
        answerBy: at(plus(now, 7 * DAY)),
      })
      .execute();
  });
  return { cohortId, pairId, mentor, mentee };
}

/** How a pair stands now. */
export async function readPair(stage: Rows, pairId: string): Promise<PairRow> {
  const found = await stage.tx((tx) => findPair(tx, pairId));
  if (!found) throw new Error('no such pair');
  return found;
}

export const readCohort = (stage: Rows, cohortId: string) => stage.tx((tx) => findCohort(tx, cohortId));
