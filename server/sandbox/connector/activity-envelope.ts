import type { SandboxPerson } from '../world.ts';
import { newActivityId, type ChatState, type Conversation } from './chat-state.ts';

/** Address under which the connector is reached; activities name it, and the token that comes with them. */
export const serviceUrlOf = ({ world }: Pick<ChatState, 'world'>): string => `${world.origin}/connector/`;

/** `2026-09-28T08:00:00.000+02:00`: the instant in the person's zone. */
function localTimestamp(now: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const offset = name === 'GMT' ? '+00:00' : name.slice(3);
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)/.exec(offset)!;
  const shift = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(now + shift).toISOString().replace('Z', offset);
}

/**
 * An activity as Teams sends it to the bot: who, where, when, with what `content` adds (`type` among it). `id` is new, and
 * hangs on the content.
 */
export function envelopeOf(
  state: ChatState,
  conversation: Conversation,
  person: SandboxPerson,
  content: Record<string, unknown>,
): Record<string, unknown> {
  const { clock, tenantId } = state.world;
  const locale = person.mailbox.locale ?? person.preferredLanguage ?? 'en-US';
  const { zone } = person.mailbox;
  return {
    id: newActivityId(state, conversation.id, JSON.stringify(content)),
    channelId: 'msteams',
    serviceUrl: serviceUrlOf(state),
    timestamp: new Date(clock.now()).toISOString(),
    localTimestamp: localTimestamp(clock.now(), zone),
    localTimezone: zone,
    from: { id: conversation.memberId, name: person.displayName, aadObjectId: person.id },
    recipient: { id: `28:${state.botId}`, name: 'Inverso' },
    conversation: { conversationType: 'personal', tenantId, id: conversation.id },
    entities: [{ type: 'clientInfo', locale, country: person.usageLocation ?? 'US', platform: 'Web', timezone: zone }],
    locale,
    ...content,
    channelData: { tenant: { id: tenantId }, ...(content.channelData as object | undefined) },
  };
}
