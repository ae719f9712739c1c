import { loadSeries, loadSessions, type SeriesRow, type SessionRow } from '../../server/db/sessions.ts';
import type { SlotOffer } from '../../server/domain/slots/types.ts';
import { answerProposal } from '../../server/use-cases/matching/answer-proposal.ts';
import { linkSeriesDates } from '../../server/use-cases/slots/link-series-dates.ts';
import { writeCalendar } from '../../server/use-cases/slots/write-calendar.ts';
import { offer, pair, type MadePair, type PairOptions } from './pair.ts';
import type { FakeSeries, Stage } from './server.ts';

export interface Booked extends MadePair {
  series: SeriesRow;
  sessions: SessionRow[];
  /** The same series as it stands in the fake calendar. */
  event: FakeSeries;
}

/** A pair whose executive has just said yes; the intent to book is stored, nothing is written. */
export async function agreedPair(
  stage: Stage,
  chosen: SlotOffer = offer(),
  options: PairOptions = {},
): Promise<MadePair> {
  const made = await pair(stage, 'menteeAsked', { offers: [chosen], ...options });
  await answerProposal(stage, {
    tenantId: stage.tenantId,
    personId: made.mentee.personId,
    pairId: made.pairId,
    answer: 'agree',
    offer: 0,
  });
  return made;
}

/** A booked pair with its sessions linked, made through the use cases themselves. */
export async function bookedPair(
  stage: Stage,
  chosen: SlotOffer = offer(),
  options: PairOptions = {},
): Promise<Booked> {
  const made = await agreedPair(stage, chosen, options);
  const { tenantId } = stage;
  await writeCalendar(stage, { tenantId });
  await linkSeriesDates(stage, { tenantId });
  await writeCalendar(stage, { tenantId });
  const series = await readSeries(stage, made.pairId);
  const event = stage.calendar.series.find((one) => one.request.key === series.key);
  if (!event) throw new Error('the series is not in the calendar');
  return { ...made, series, sessions: await readSessions(stage, made.pairId), event };
}

/** The newest series of a pair. */
export async function readSeries(stage: Stage, pairId: string): Promise<SeriesRow> {
  const all = await stage.tx((tx) => loadSeries(tx, { pairIds: [pairId] }));
  const newest = all.sort((a, b) => b.generation - a.generation)[0];
  if (!newest) throw new Error('the pair has no series');
  return newest;
}

export const readSessions = (stage: Stage, pairId: string): Promise<SessionRow[]> =>
  stage.tx((tx) => loadSessions(tx, { pairIds: [pairId] }));

/** The first session of a booked pair. */
export const firstOf = ({ sessions }: { sessions: readonly SessionRow[] }): SessionRow => {
  const [first] = sessions;
  if (!first) throw new Error('the pair has no session');
  return first;
};
