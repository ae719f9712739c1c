import type { PairState } from '../../contract/vocabulary.ts';

/** What somebody did, or what happened, that may move a pair on. */
export type PairAct =
  | 'askMentor'
  | 'mentorAgrees'
  | 'mentorDeclines'
  | 'findNoSlot'
  | 'searchAgain'
  | 'askMentee'
  | 'menteeAgrees'
  | 'menteeWantsAnotherTime'
  | 'menteeWantsAnotherMentor'
  | 'menteeAsksAssistant'
  | 'expire'
  | 'book'
  | 'loseSlot'
  | 'failBooking'
  | 'suspend'
  | 'resume'
  | 'close';

/** States in which something is still to come; a pair in one of them takes a seat of both people. */
export const LIVE_STATES: readonly PairState[] = [
  'proposed',
  'mentorAsked',
  'mentorAgreed',
  'noSlot',
  'menteeAsked',
  'agreed',
  'booked',
  'waiting',
];

type Moves = { readonly from: readonly PairState[]; readonly to: PairState };

/** Each act, where it may come from and where it leads. What is not here is refused. */
const MOVES: Readonly<Record<PairAct, Moves>> = {
  askMentor: { from: ['proposed', 'waiting'], to: 'mentorAsked' },
  mentorAgrees: { from: ['mentorAsked'], to: 'mentorAgreed' },
  mentorDeclines: { from: ['mentorAsked'], to: 'mentorDeclined' },
  findNoSlot: { from: ['mentorAgreed'], to: 'noSlot' },
  searchAgain: { from: ['noSlot', 'waiting'], to: 'mentorAgreed' },
  askMentee: { from: ['mentorAgreed'], to: 'menteeAsked' },
  menteeAgrees: { from: ['menteeAsked'], to: 'agreed' },
  // Other times are searched for; the mentor's yes stands.
  menteeWantsAnotherTime: { from: ['menteeAsked'], to: 'mentorAgreed' },
  menteeWantsAnotherMentor: { from: ['menteeAsked'], to: 'menteeDeclined' },
  // The question stays open; somebody else answers it.
  menteeAsksAssistant: { from: ['menteeAsked'], to: 'menteeAsked' },
  // Silence is never consent: the administrator decides (product.md C4).
  expire: { from: ['mentorAsked', 'menteeAsked'], to: 'waiting' },
  book: { from: ['agreed'], to: 'booked' },
  // A date was taken between the yes and the booking (reliability.md F17): never booked over, new times are offered.
  loseSlot: { from: ['agreed'], to: 'mentorAgreed' },
  // The calendar will not take this series as it is: a person has to look.
  failBooking: { from: ['agreed'], to: 'waiting' },
  suspend: { from: LIVE_STATES, to: 'suspended' },
  resume: { from: ['suspended'], to: 'mentorAgreed' },
  close: { from: [...LIVE_STATES, 'suspended'], to: 'closed' },
};

export type PairMove =
  { outcome: 'moved'; state: PairState } | { outcome: 'refused'; reason: 'answeredAlready' | 'notNow' };

/**
 * Where an act leads a pair, or why it does not: `answeredAlready` when it led here before (a second click), `notNow`
 * when the pair is elsewhere by now. Exactly one of two answers to the same question moves the pair.
 */
export function movePairState(state: PairState, act: PairAct): PairMove {
  const { from, to } = MOVES[act];
  if (from.includes(state)) return { outcome: 'moved', state: to };
  return { outcome: 'refused', reason: state === to ? 'answeredAlready' : 'notNow' };
}

/** The states that an act may come from: the WHERE of its statement. */
export const statesBefore = (act: PairAct): readonly PairState[] => MOVES[act].from;

/** The state that an act leads to. */
export const stateAfter = (act: PairAct): PairState => MOVES[act].to;

/** The acts that are possible in a state. */
export const actsIn = (state: PairState): PairAct[] =>
  (Object.keys(MOVES) as PairAct[]).filter((act) => MOVES[act].from.includes(state));

/** Whether the pair is at its end. */
export const isEnded = (state: PairState): boolean => actsIn(state).length === 0;
