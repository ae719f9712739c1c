import type { MatchingReply } from '../../../server/contract/matching-review.ts';

/** A pair with the names of the two. */
export interface NamedPair {
  pairId: string;
  menteeId: string;
  mentorId: string;
  menteeName: string;
  mentorName: string;
  state: MatchingReply['pairs'][number]['state'];
  /** 0..100. */
  fit: number;
  reasons: readonly string[];
  isPinned: boolean;
}

/** The pairs of a review with names, in its order: the worst fit first. */
export function namePairs({ pairs, mentees, mentors }: MatchingReply): NamedPair[] {
  const names = new Map([...mentees, ...mentors].map(({ personId, displayName }) => [personId, displayName]));
  return pairs.map((pair) => ({
    ...pair,
    menteeName: names.get(pair.menteeId) ?? '',
    mentorName: names.get(pair.mentorId) ?? '',
  }));
}

export const PAIR_ORDERS = ['worst', 'best', 'mentee', 'mentor'] as const;
export type PairOrder = (typeof PAIR_ORDERS)[number];

/** The pairs in whose names the words occur, in an order; those alike keep theirs. */
export function selectPairs(pairs: readonly NamedPair[], words: string, order: PairOrder): NamedPair[] {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = pairs.filter(({ menteeName, mentorName }) => {
    const names = `${menteeName} ${mentorName}`.toLocaleLowerCase();
    return wanted.every((word) => names.includes(word));
  });
  switch (order) {
    case 'worst':
      return found.toSorted((a, b) => a.fit - b.fit);
    case 'best':
      return found.toSorted((a, b) => b.fit - a.fit);
    case 'mentee':
      return found.toSorted((a, b) => a.menteeName.localeCompare(b.menteeName));
    case 'mentor':
      return found.toSorted((a, b) => a.mentorName.localeCompare(b.mentorName));
  }
}

export type FitWord = 'veryGood' | 'good' | 'fair' | 'weak';

/** A fit in a word. fitWord(72) // => 'good' */
export const fitWord = (fit: number): FitWord =>
  fit >= 75 ? 'veryGood' : fit >= 55 ? 'good' : fit >= 35 ? 'fair' : 'weak';
