import { minutesOfDay } from '../time/wall-time.ts';
import { MOVED_COST } from './score.ts';
import type { OfferKind, SlotCandidate, SlotOffer } from './types.ts';

/** Two times of one weekday closer than this are hardly a choice. */
const APART_MINUTES = 60;

type Better = (a: SlotCandidate, b: SlotCandidate) => number;

/** What makes each kind the best; equal ones by score, then by first start. */
const KINDS: readonly [OfferKind, Better][] = [
  ['mostDates', (a, b) => a.movedDates - b.movedDates],
  ['bestTime', (a, b) => comfort(b) - comfort(a)],
  ['earliestStart', (a, b) => a.dates[0]!.start - b.dates[0]!.start],
];

/** The score without the cost of moved dates, half of which is in it (score.ts): how good the time itself is. */
const comfort = ({ score, movedDates, dates }: SlotCandidate): number =>
  score + (MOVED_COST * movedDates) / dates.length / 2;

/** Offers of one proposal. */
export const MOST_OFFERS = KINDS.length;

/**
 * Up to three offers out of ranked candidates: most dates as the pattern says, best time of day, earliest start. Each is
 * another weekday or at least an hour apart from those before it, so it is the best of what is left; another time on the
 * same weekday stands in when nothing else exists. Lunch, protected hours and blackout weeks are used only if there is
 * nothing else at all (product.md D2).
 */
export function chooseOffers(ranked: readonly SlotCandidate[]): SlotOffer[] {
  const offers: SlotOffer[] = [];
  while (offers.length < MOST_OFFERS) {
    const next = nextOffer(ranked, offers);
    if (next === null) break;
    offers.push(next);
  }
  return offers;
}

/** The offer that comes after `offers`, as chooseOffers has them; null: there is none. At most MOST_OFFERS. */
export function nextOffer(ranked: readonly SlotCandidate[], offers: readonly SlotOffer[]): SlotOffer | null {
  const [kind, better] = KINDS[offers.length]!;
  const good = ranked.filter(isGood);
  const pool = good.length > 0 || offers.some(isGood) ? good : ranked;
  const order = [...pool].sort((a, b) => better(a, b) || b.score - a.score || a.dates[0]!.start - b.dates[0]!.start);
  const next =
    order.find((candidate) => offers.every((offer) => isApart(candidate, offer))) ??
    order.find((candidate) =>
      offers.every((offer) => candidate.weekday !== offer.weekday || candidate.time !== offer.time),
    );
  return next ? { ...next, kind } : null;
}

const isGood = ({ reasons }: SlotCandidate): boolean => reasons.every(({ code }) => code !== 'lastResort');
const isApart = (a: SlotCandidate, b: SlotCandidate): boolean =>
  a.weekday !== b.weekday || Math.abs(minutesOfDay(a.time) - minutesOfDay(b.time)) >= APART_MINUTES;
