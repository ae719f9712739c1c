import type * as z from 'zod/mini';
import type { chatActReply } from './replies.ts';

type Answer = z.infer<typeof chatActReply>['answer'];

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'message' in value) return String(value.message);
  return '';
};

/** What the bot's answer to an act says in words, and whether it refused. A replaced card speaks for itself. */
export function answerText(answer: Answer): { isRefusal: boolean; words: string } {
  const isRefusal = answer.httpStatus >= 400 || (answer.statusCode ?? 200) >= 400;
  const isCard = answer.type === 'application/vnd.microsoft.card.adaptive';
  const words = isCard ? '' : textOf(answer.value);
  return { isRefusal, words: isRefusal && !words ? String(answer.statusCode ?? answer.httpStatus) : words };
}
