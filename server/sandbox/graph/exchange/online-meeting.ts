import { chance, opaqueId } from '../../hash.ts';
import type { ExchangeContext } from './context.ts';
import { arrive } from './deliver.ts';
import { joinBlock } from './join-block.ts';
import { send } from './messages.ts';
import type { StoredEvent } from './model.ts';

/** Share of online meetings that come without their link at first. */
const WITHOUT_LINK = 0.03;
/** Share of those that get it later; the others never do. */
const LINK_COMES_LATER = 0.5;
/** When a late link comes. */
const LINK_LATER = { least: 5_000, most: 120_000 };

function makeJoinUrl(context: ExchangeContext, event: StoredEvent): string {
  const meeting = encodeURIComponent(`19:meeting_${opaqueId(48, 'thread', event.meetingKey)}@thread.v2`);
  const people = encodeURIComponent(JSON.stringify({ Tid: context.world.tenantId, Oid: event.ownerId }));
  return `https://teams.microsoft.com/l/meetup-join/${meeting}/0?context=${people}`;
}

/**
 * Makes an event an online meeting, as asked for. Without a Teams license nothing happens; for some others the link comes
 * only later or never. Call it before the event is sent to attendees.
 */
export function goOnline(context: ExchangeContext, event: StoredEvent, by: string): void {
  const organizer = context.world.people.get(event.ownerId);
  if (!organizer?.mailbox.teamsLicensed) return;
  const joinUrl = makeJoinUrl(context, event);
  if (chance(context.latenessSeed, 'withoutLink', event.meetingKey) >= WITHOUT_LINK) {
    event.fields.isOnlineMeeting = true;
    event.fields.joinUrl = joinUrl;
    event.fields.bodyContent += joinBlock(joinUrl);
    return;
  }
  if (chance(context.latenessSeed, 'laterLink', event.meetingKey) >= LINK_COMES_LATER) return;
  const share = chance(context.latenessSeed, 'whenLink', event.meetingKey);
  const delay = Math.round(LINK_LATER.least + share * (LINK_LATER.most - LINK_LATER.least));
  const { meetingKey, ownerId: toId } = event;
  send(context, { kind: 'link', meetingKey, toId, date: null, by, joinUrl }, delay, (pending) =>
    arrive(context, pending),
  );
}
