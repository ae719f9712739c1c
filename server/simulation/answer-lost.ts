import { DEADLINE_MILLISECONDS } from '../sandbox/kernel/create-faults.ts';
import type { BotRequest, ShownCard } from './seen.ts';

/** Whether the product could not learn that this card had arrived. `requests`: those to its chat. */
export function wasAnswerLost(requests: readonly BotRequest[], { at, question }: ShownCard): boolean {
  const request = requests.findLast((one) => one.at <= at && one.question?.print === question.print);
  return request !== undefined && losesAnswer(request);
}

/** Faults after which the caller does not learn that its request had its effect. */
function losesAnswer({ fault }: BotRequest): boolean {
  if (!fault) return false;
  if (fault.kind === 'delay') return fault.milliseconds > DEADLINE_MILLISECONDS;
  return fault.kind === 'truncate' || ('when' in fault && fault.when === 'after');
}
