import type { AskView } from '../../contract/http.ts';
import { executivesOf } from '../../db/assistants.ts';
import { loadPairs, type PairRow } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { loadOpenOffers } from '../../db/session-offers.ts';
import { loadSessions } from '../../db/sessions.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { isStanding } from '../../domain/sessions/is-standing.ts';
import { toIso } from '../../domain/time/instant.ts';
import { restartKey } from './pause-pair.ts';

/**
 * What a person is asked about times of sessions, as the cards ask it: other times for a session, of their own or of an
 * executive for whom they answer, and whether to look for new times when all dates are gone.
 */
export async function listTimeAsks(tx: TenantTransaction, personId: PersonId): Promise<AskView[]> {
  const executives = await executivesOf(tx, personId);
  const own = await loadPairs(tx, { personId, states: ['booked', 'suspended'] });
  const others = executives.length === 0 ? [] : await loadPairs(tx, { personIds: executives, states: ['booked'] });
  const assisted = others.filter((pair) => executives.includes(pair.menteeId) && !own.includes(pair));
  const pairs = new Map([...assisted, ...own].map((pair) => [pair.pairId, pair]));
  const people = await loadPeopleById(
    tx,
    [...pairs.values()].flatMap((pair) => [pair.mentorId, pair.menteeId]),
  );
  const nameOf = (id: PersonId): string => people.get(id)?.displayName ?? '';
  return [
    ...(await newTimeAsks(tx, personId, pairs, nameOf)),
    ...(await restartAsks(
      tx,
      personId,
      own.filter(({ state }) => state === 'suspended'),
      nameOf,
    )),
  ];
}

async function newTimeAsks(
  tx: TenantTransaction,
  personId: PersonId,
  pairs: ReadonlyMap<string, PairRow>,
  nameOf: (id: PersonId) => string,
): Promise<AskView[]> {
  const offers = await loadOpenOffers(tx, { pairIds: [...pairs.keys()] });
  const sessions = new Map(
    (await loadSessions(tx, { sessionIds: offers.map(({ sessionId }) => sessionId) })).map((session) => [
      session.sessionId,
      session,
    ]),
  );
  return offers.flatMap((offer): AskView[] => {
    const session = sessions.get(offer.sessionId);
    const pair = pairs.get(offer.pairId);
    if (!session || !pair) return [];
    // The mentor is asked only once the offer went over to them, and what somebody said about a session is nobody else's.
    const isMentorsWish = offer.because === 'wished' && offer.askedOf === pair.mentorId;
    const isPersonal = pair.mentorId === personId || session.held === 'notHeld' || isMentorsWish;
    if (isPersonal && offer.askedOf !== personId) return [];
    const isOwn = pair.mentorId === personId || pair.menteeId === personId;
    return [
      {
        kind: 'newTime',
        sessionId: offer.sessionId,
        round: offer.round,
        partnerName: nameOf(pair.mentorId === personId ? pair.menteeId : pair.mentorId),
        forName: isOwn ? null : nameOf(pair.menteeId),
        start: toIso(session.startsAt),
        because: offer.because,
        starts: offer.starts.map(toIso),
        answerBy: toIso(offer.answerBy),
        canKeep: isStanding(session),
      },
    ];
  });
}

/** As long as the card asks: who left it for now is not asked again. */
async function restartAsks(
  tx: TenantTransaction,
  personId: PersonId,
  pairs: readonly PairRow[],
  nameOf: (id: PersonId) => string,
): Promise<AskView[]> {
  const asks: AskView[] = [];
  for (const pair of pairs) {
    const card = await tx
      .selectFrom('messages')
      .select('kind')
      .where('personId', '=', personId)
      .where('subjectKey', '=', restartKey(pair))
      .executeTakeFirst();
    if (card?.kind !== 'restart') continue;
    const partnerName = nameOf(pair.mentorId === personId ? pair.menteeId : pair.mentorId);
    asks.push({ kind: 'restart', pairId: pair.pairId, partnerName });
  }
  return asks;
}
