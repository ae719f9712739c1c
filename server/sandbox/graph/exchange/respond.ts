import { GraphRefusal } from '../refusal.ts';
import { spendMessages } from './budget.ts';
import { announce, type ExchangeContext } from './context.ts';
import { arrive } from './deliver.ts';
import { deleteDate, exceptionOf } from './exceptions.ts';
import { invalidRequest } from './failure.ts';
import { latenessOf, send, type Message } from './messages.ts';
import type { Answer, Item } from './model.ts';
import { idOf } from './store.ts';
import { logWrite } from './write-log.ts';

export interface Reply {
  answer: Exclude<Answer, 'none'>;
  sendResponse: boolean;
  /** Instants. */
  proposal: { start: number; end: number } | null;
}

const CANCELLED_CODES = {
  accepted: 'ErrorCalendarIsCancelledForAccept',
  tentativelyAccepted: 'ErrorCalendarIsCancelledForTentative',
  declined: 'ErrorCalendarIsCancelledForDecline',
} as const;

function refuseWhatCannotBe(item: Item, { answer, sendResponse, proposal }: Reply): void {
  if (item.event.isOrganizer) {
    throw invalidRequest("You can't respond to this meeting because you're the meeting organizer.");
  }
  if (item.isCancelled) {
    throw new GraphRefusal(400, CANCELLED_CODES[answer], "The meeting was cancelled; you can't respond to it.");
  }
  if (!proposal) return;
  if (!sendResponse) throw invalidRequest('A new time can only be proposed with a response that is sent.');
  if (!item.fields.allowNewTimeProposals) {
    throw invalidRequest("The meeting organizer doesn't allow proposals of a new time.");
  }
  if (proposal.end <= proposal.start) throw invalidRequest('The proposed end is not after the proposed start.');
}

/**
 * An attendee answers an invitation: the own copy shows it (a decline deletes it), the organizer's copy learns it when
 * the message has arrived. Refuses as Graph does: organizers, cancelled meetings, proposals that are not allowed (400).
 */
export function respondToItem(context: ExchangeContext, item: Item, reply: Reply, by: string): void {
  refuseWhatCannotBe(item, reply);
  const { event, date } = item;
  const { answer, proposal } = reply;
  const isSent = reply.sendResponse && (item.fields.responseRequested || proposal !== null);
  spendMessages(context, event.ownerId, isSent ? 1 : 0, by);
  const now = context.world.clock.now();
  const sequence = (date === null ? undefined : event.exceptions[date]?.sequence) ?? event.sequence;
  logWrite(context, 'respond', event, date, by, { messages: isSent ? 1 : 0, response: { answer, proposal } });
  if (answer === 'declined') {
    if (date === null) context.store.bury(event, false);
    else deleteDate(context, event, date);
  } else {
    context.store.change(event, () => {
      const answered = date === null ? event : exceptionOf(event, date);
      answered.response = answer;
      answered.respondedAt = now;
    });
  }
  announce(context, event.ownerId, idOf(item), answer === 'declined' ? 'deleted' : 'updated', by);
  if (!isSent) return;
  const { meetingKey, organizer, ownerId: fromId } = event;
  const toId = organizer.personId;
  const response: Message = {
    kind: 'response',
    meetingKey,
    toId,
    date,
    by,
    fromId,
    answer,
    answeredAt: now,
    proposal,
    sequence,
  };
  send(context, response, latenessOf(context, response, event.version), (pending) => arrive(context, pending));
}
