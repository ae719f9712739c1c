import type { CardMessage } from '../../server/contract/card-messages.ts';
import type { PersonId } from '../../server/domain/people/person.ts';
import { sendMessages } from '../../server/use-cases/sessions/send-messages.ts';
import type { Stage } from './server.ts';

/** What a person's chat shows: the newest face of every card, oldest card first. */
export async function chatOf(stage: Stage, personId: PersonId): Promise<CardMessage[]> {
  await sendMessages(stage, { tenantId: stage.tenantId });
  return stage.messenger.sent
    .filter((card) => card.conversationId === personId)
    .map(
      (card) =>
        stage.messenger.updated.findLast((update) => update.activityId === card.activityId)?.message ?? card.message,
    );
}

/** The text of each card that has one, else its kind. */
export const textsOf = (messages: readonly CardMessage[]): string[] =>
  messages.map((message) => ('text' in message ? message.text : message.kind));
