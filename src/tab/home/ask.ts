import type { AskView } from '../../../server/contract/http.ts';

/** What each question to the person gets. `onDone` takes the sentence that stands in its place once it is answered. */
export interface AskProps<Kind extends AskView['kind']> {
  ask: Extract<AskView, { kind: Kind }>;
  onDone: (text: string) => void;
}

/** Tells questions apart, also across replies. */
export function askKey(ask: AskView): string {
  if (ask.kind === 'goals' || ask.kind === 'join') return `${ask.kind}:${ask.cohortId}`;
  if (ask.kind === 'proposal' || ask.kind === 'assistantProposal') return `${ask.kind}:${ask.pairId}:${ask.round}`;
  if (ask.kind === 'newTime') return `${ask.kind}:${ask.sessionId}:${ask.round}`;
  // A refusal after the click is something new to be told.
  if (ask.kind === 'copiesLeft' && ask.state === 'refused') return `${ask.kind}:${ask.pairId}:refused`;
  return `${ask.kind}:${ask.pairId}`;
}
