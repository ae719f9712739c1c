import { ConnectorRefusal } from './refusal.ts';

/** Teams takes messages up to about 28 KB; the newer, larger limit does not hold everywhere. */
const MOST_BYTES = 28 * 1024;
export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';
/** Teams renders cards of bots up to this schema version. */
const NEWEST_VERSION = 1.5;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const badSyntax = (message: string): ConnectorRefusal => new ConnectorRefusal(400, 'BadSyntax', message);

/** What a bot sends: a message to show, or a sign that it is typing. */
export type BotActivity =
  { type: 'typing' } | { type: 'message'; text: string | null; card: Record<string, unknown> | null };

/** Why Teams does not take it as a card, or null. */
export function faultOfCard(card: unknown): string | null {
  if (!isObject(card) || card.type !== 'AdaptiveCard') return "type: must be 'AdaptiveCard'";
  if (typeof card.version !== 'string' || !/^\d+\.\d+$/.test(card.version)) return 'version: is missing';
  if (Number(card.version) > NEWEST_VERSION) return `version: ${card.version} is not supported`;
  return card.body === undefined || Array.isArray(card.body) ? null : 'body: must be an array';
}

/** Reads JSON of a request. Throws ConnectorRefusal 400. */
export function readJson(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw badSyntax('The request body is not valid JSON.');
  }
  if (!isObject(value)) throw badSyntax('The request body must be an object.');
  return value;
}

/** Reads an activity that the bot sends. Throws ConnectorRefusal: 413 for its size, 400 for what Teams cannot show. */
export function readActivity(body: string): BotActivity {
  if (Buffer.byteLength(body) > MOST_BYTES) {
    throw new ConnectorRefusal(413, 'MessageSizeTooBig', 'Message size too large.');
  }
  const { type = 'message', text = null, attachments = [] } = readJson(body);
  if (type === 'typing') return { type };
  if (type !== 'message') throw badSyntax(`Activity type '${String(type)}' is not supported.`);
  if (text !== null && typeof text !== 'string') throw badSyntax('text: must be a string.');
  if (!Array.isArray(attachments)) throw badSyntax('attachments: must be an array.');
  const kept = text === null || text.trim() === '' ? null : text;
  if (attachments.length === 0) {
    if (kept === null) throw badSyntax('Activity must include non empty text or attachments.');
    return { type, text: kept, card: null };
  }
  if (attachments.length > 1) throw badSyntax('attachments: one card in one message.');
  const [attachment] = attachments as unknown[];
  if (!isObject(attachment) || attachment.contentType !== ADAPTIVE_CARD) {
    throw badSyntax(`attachments[0].contentType: must be '${ADAPTIVE_CARD}'.`);
  }
  const fault = faultOfCard(attachment.content);
  if (fault !== null) throw badSyntax(`Invalid Adaptive Card: attachments[0].content.${fault}`);
  return { type, text: kept, card: attachment.content as Record<string, unknown> };
}
