import { cardAction, type CardAction } from '../contract/cards.ts';
import { NO_CHOICE } from './cards/elements.ts';

/** `isOurs`: one of our cards may have sent it, only a value is wrong; else it comes from nowhere we know. */
export type ParsedAction = { ok: true; action: CardAction } | { ok: false; isOurs: boolean; field: string | null };

/** No card of ours sends more. */
const MOST_KEYS = 40;
/** Inputs arrive as text, beside a few plain values of ours; what nests any deeper comes from nowhere we know. */
const MOST_DEPTH = 4;
/** Names that mean something to the language itself; no input of ours has them. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isDeep = (value: unknown, depth = 0): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === MOST_DEPTH || Object.values(value).some((inner) => isDeep(inner, depth + 1)));

const STRANGE: ParsedAction = { ok: false, isOurs: false, field: null };

/**
 * Reads what a card sent (`value` of the invoke): verb and data, with unknown members left out. Ids that claim to say
 * who acts are among those: the person comes from the verified activity alone.
 */
export function parseAction(value: unknown): ParsedAction {
  const action = isObject(value) ? value['action'] : undefined;
  const data = isObject(action) ? action['data'] : undefined;
  if (!isObject(action) || !isObject(data)) return STRANGE;
  const keys = Object.keys(data);
  if (keys.length > MOST_KEYS || keys.some((key) => FORBIDDEN_KEYS.has(key))) return STRANGE;
  if (isDeep(data)) return STRANGE;
  const verb = action['verb'] ?? data['verb'];
  // A card of ours says its verb in both places; two verbs are none.
  if (typeof verb !== 'string' || (data['verb'] !== undefined && data['verb'] !== verb)) return STRANGE;
  const chosen = Object.entries(data).filter(([, input]) => input !== NO_CHOICE);
  const parsed = cardAction.safeParse({ ...Object.fromEntries(chosen), verb });
  if (parsed.success) return { ok: true, action: parsed.data };
  const path = parsed.error.issues[0]?.path ?? [];
  const field = String(path[0] ?? '');
  return field === 'verb' || field === '' ? STRANGE : { ok: false, isOurs: true, field };
}
