import type { AskView, HomeReply, OfferView, PairView } from '../../contract/http.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { TOPICS } from '../../contract/vocabulary.ts';
import { loadNamedAssistants, type NamedAssistant } from '../../db/assistants.ts';
import { findCohort, loadParticipants, type CohortRow, type ParticipantRow } from '../../db/cohorts.ts';
import { loadAnsweredSessions } from '../../db/feedback.ts';
import { loadPairs, loadProposals, type PairRow, type ProposalRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import { loadContactRequests } from '../../db/safe-contacts.ts';
import type { Database, TenantTransaction } from '../../db/schema.ts';
import { loadSeries, loadSessions } from '../../db/sessions.ts';
import { inTenant } from '../../db/tenancy.ts';
import { reasonsForSide } from '../../domain/matching/explain-pair.ts';
import type { MatchReason } from '../../domain/matching/reasons.ts';
import type { Person, PersonId, TenantId } from '../../domain/people/person.ts';
import type { SlotOffer, SlotReason } from '../../domain/slots/types.ts';
import { toIso, type Instant } from '../../domain/time/instant.ts';
import type { Clock } from '../../ports.ts';
import { describeAssisting, type SeriesShape } from '../people/describe-assisting.ts';
import { describeSafeContacts, knowsSafeContact } from '../people/describe-safe-contacts.ts';
import { describeTraining } from '../learning/describe-training.ts';
import type { LearningTexts } from '../learning/learning-texts.ts';
import { partnerOf } from '../people/partner-of.ts';
import { listCopiesLeft } from '../sessions/copies-left.ts';
import { listTimeAsks } from '../sessions/list-time-asks.ts';
import { sessionView } from '../sessions/session-view.ts';

/** Sentences for pages; main wires them to the locales. */
export interface PageTexts {
  matchReasons(reasons: readonly MatchReason[], side: 'mentor' | 'mentee', locale: Locale): string[];
  slotReasons(reasons: readonly SlotReason[], locale: Locale): string[];
  /** The newest version unless told. */
  agreement(series: SeriesShape & { movesAllowed: boolean }, locale: Locale, version?: number): string[];
  /** `6 sessions, 30 minutes each, every 4 weeks` */
  shape(series: SeriesShape, locale: Locale): string;
}

/** Pairs in these states are shown to both sides as theirs. */
const SHOWN: readonly PairRow['state'][] = ['agreed', 'booked', 'suspended', 'closed'];

/** A pair that rests is shown only while there is no other: afterwards it would only remind of what did not work. */
function shownPairs(pairs: readonly PairRow[]): PairRow[] {
  const shown = pairs.filter((pair) => SHOWN.includes(pair.state));
  const going = shown.filter((pair) => pair.state !== 'suspended');
  return going.length > 0 ? going : shown;
}

/** What one participant finds at home: what they are asked, their pairs and sessions. */
export async function buildHome(
  { db, clock, texts }: { db: Database; clock: Clock; texts: PageTexts & Pick<LearningTexts, 'module'> },
  { tenantId, personId, locale }: { tenantId: TenantId; personId: PersonId; locale: Locale },
): Promise<HomeReply> {
  const now = clock.now();
  return inTenant(db, tenantId, async (tx) => {
    const own = (await loadParticipants(tx, { personId })).filter((row) => row.state !== 'nominated');
    const isExecutive = own.some((row) => row.side === 'mentee' && row.state !== 'left' && row.state !== 'declined');
    const assistants = isExecutive ? await loadNamedAssistants(tx, personId) : null;
    const { asks: asksAsAssistant, assisting } = await describeAssisting(tx, personId, {
      now,
      shapeOf: (shape) => texts.shape(shape, locale),
    });
    const pairs = await loadPairs(tx, { personId });
    const proposals = await loadProposals(
      tx,
      pairs.map((pair) => pair.pairId),
    );
    const people = await loadPeopleById(
      tx,
      pairs.flatMap((pair) => [pair.mentorId, pair.menteeId]),
    );
    const partners = new Map<string, ParticipantRow>();
    if (people.size > 0) {
      for (const row of await loadParticipants(tx, { personIds: [...people.keys()] }))
        partners.set(`${row.cohortId}:${row.side}:${row.personId}`, row);
    }
    const cohorts = new Map<string, CohortRow>();
    for (const cohortId of new Set(pairs.map((pair) => pair.cohortId))) {
      const cohort = await findCohort(tx, cohortId);
      if (cohort) cohorts.set(cohortId, cohort);
    }
    const named = assistants ?? [];
    const context: HomeContext = { personId, locale, texts, people, partners, cohorts, assistants: named, now };
    const asks = [
      ...(await invitationAsks(tx, own)),
      ...pairs.flatMap((pair) => matchAsk(context, pair, proposals.get(pair.pairId))),
      ...asksAsAssistant,
      ...(await listTimeAsks(tx, personId)),
      ...(await listCopiesLeft(tx, personId, now)),
    ];
    return {
      now: toIso(now),
      asks,
      pairs: await pairViews(tx, context, shownPairs(pairs)),
      training: await describeTraining(tx, personId, { texts, locale }),
      assistants,
      assisting,
      safeContacts: await describeSafeContacts(tx, cohortsOf(own.filter(knowsSafeContact))),
      contactRequests: await loadContactRequests(tx, personId),
    };
  });
}

const cohortsOf = (rows: readonly ParticipantRow[]): string[] => rows.map(({ cohortId }) => cohortId);

interface HomeContext {
  personId: PersonId;
  locale: Locale;
  texts: PageTexts;
  people: ReadonlyMap<PersonId, Person>;
  partners: ReadonlyMap<string, ParticipantRow>;
  cohorts: ReadonlyMap<string, CohortRow>;
  assistants: readonly NamedAssistant[];
  now: Instant;
}

async function invitationAsks(tx: TenantTransaction, own: readonly ParticipantRow[]): Promise<AskView[]> {
  const asks: AskView[] = [];
  for (const row of own) {
    if (row.state !== 'invited') continue;
    const program = await tx
      .selectFrom('cohorts')
      .innerJoin('programs', 'programs.programId', 'cohorts.programId')
      .select('programs.name')
      .where('cohortId', '=', row.cohortId)
      .executeTakeFirstOrThrow();
    asks.push(
      row.side === 'mentee'
        ? { kind: 'goals', cohortId: row.cohortId, programName: program.name, topics: [...TOPICS] }
        : { kind: 'join', cohortId: row.cohortId, programName: program.name, suggested: [...row.skills] },
    );
  }
  return asks;
}

function matchAsk(context: HomeContext, pair: PairRow, proposal: ProposalRow | undefined): AskView[] {
  const { personId, texts, locale } = context;
  if (pair.state === 'mentorAsked' && pair.mentorId === personId) {
    const partner = partnerFor(context, pair, 'mentee');
    return partner
      ? [
          {
            kind: 'mentor',
            pairId: pair.pairId,
            partner,
            reasons: texts.matchReasons(reasonsForSide(pair.reasons, 'mentor'), 'mentor', locale),
          },
        ]
      : [];
  }
  if (pair.state !== 'menteeAsked' || pair.menteeId !== personId || proposal?.state !== 'open') return [];
  const partner = partnerFor(context, pair, 'mentor');
  const cohort = context.cohorts.get(pair.cohortId);
  if (!partner || !cohort) return [];
  return [
    {
      kind: 'proposal',
      pairId: pair.pairId,
      partner,
      reasons: texts.matchReasons(pair.reasons, 'mentee', locale),
      agreement: texts.agreement(cohort, locale),
      offers: proposal.offers.map((offer) => offerView(offer, texts, locale)),
      answerBy: toIso(proposal.answerBy),
      round: proposal.generation,
      assistants: [...context.assistants],
      isAssistantAsked: pair.answer === 'askAssistant' && context.assistants.length > 0,
    },
  ];
}

function offerView(offer: SlotOffer, texts: PageTexts, locale: Locale): OfferView {
  return {
    weekday: offer.weekday,
    time: offer.time,
    timeZone: offer.timeZone,
    kind: offer.kind,
    dates: offer.dates.map((date) => ({ start: toIso(date.start), end: toIso(date.end), moved: date.isMoved })),
    reasons: texts.slotReasons(offer.reasons, locale),
  };
}

function partnerFor(context: HomeContext, pair: PairRow, side: 'mentor' | 'mentee') {
  const id = side === 'mentor' ? pair.mentorId : pair.menteeId;
  const person = context.people.get(id);
  if (!person) return undefined;
  return partnerOf(person, context.partners.get(`${pair.cohortId}:${side}:${id}`), {
    mayGoalsBeSeen: SHOWN.includes(pair.state),
  });
}

async function pairViews(tx: TenantTransaction, context: HomeContext, pairs: readonly PairRow[]): Promise<PairView[]> {
  const { personId, now, texts, locale } = context;
  const ids = pairs.map((pair) => pair.pairId);
  const series = await loadSeries(tx, { pairIds: ids });
  const sessions = await loadSessions(tx, { pairIds: ids });
  const answered = await loadAnsweredSessions(tx, personId);
  return pairs.flatMap((pair) => {
    const side = pair.mentorId === personId ? ('mentor' as const) : ('mentee' as const);
    const partner = partnerFor(context, pair, side === 'mentor' ? 'mentee' : 'mentor');
    if (!partner) return [];
    const views = sessions.flatMap((session) => {
      const own = series.find((candidate) => candidate.seriesId === session.seriesId);
      return session.pairId === pair.pairId && own
        ? [sessionView(session, own, { isAnswered: answered.has(session.sessionId), now })]
        : [];
    });
    const next = views.find((view) => view.state === 'booked' && Date.parse(view.end) > now);
    return [
      {
        pairId: pair.pairId,
        side,
        state: pair.state,
        partner,
        reasons: texts.matchReasons(reasonsForSide(pair.reasons, side), side, locale),
        sessions: views,
        nextSessionId: next?.sessionId ?? null,
      },
    ];
  });
}
