import type { Records } from './records.ts';
import type { ShownCard } from './seen.ts';
import type { Truth } from './truth.ts';

export interface ShownReminder extends ShownCard {
  /** What is reminded of: the subject of the first card. */
  subject: string;
  /** The subject of the reminder itself. */
  subjectKey: string;
}

const MARK = ':reminder';

/** The reminders that appeared in chats; one whose answer was lost, so that we do not know it, is known by its words. */
export function remindersShown(
  { seen }: Pick<Truth, 'seen'>,
  { messages }: Pick<Records, 'messages'>,
): ShownReminder[] {
  const subjects = new Map<string | null, string>();
  for (const { activityId, subjectKey } of messages)
    if (subjectKey.includes(MARK)) subjects.set(activityId, subjectKey);
  const wordsOf = ({ personId, question }: ShownCard): string => `${personId} ${question.print}`;
  const byWords = new Map<string, string>();
  for (const card of seen.cards) {
    const subject = subjects.get(card.activityId);
    if (subject !== undefined && !byWords.has(wordsOf(card))) byWords.set(wordsOf(card), subject);
  }
  return seen.cards.flatMap((card): ShownReminder[] => {
    const subjectKey = subjects.get(card.activityId) ?? byWords.get(wordsOf(card));
    return subjectKey === undefined ? [] : [{ ...card, subjectKey, subject: subjectKey.split(MARK)[0]! }];
  });
}
