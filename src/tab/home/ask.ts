import type { AskView } from '../../../server/contract/http.ts';

/** What each question to the person gets. `onDone` takes the sentence that stands in its place once it is answered. */
export interface AskProps<Kind extends AskView['kind']> {
  ask: Extract<AskView, { kind: Kind }>;
  onDone: (text: string) => void;
}

/** Tells questions apart, also across replies. */
export function askKey(ask: AskView): string {
  return ask.kind === 'goals' || ask.kind === 'join' ? `${ask.kind}:${ask.cohortId}` : `${ask.kind}:${ask.pairId}`;
}
