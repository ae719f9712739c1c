import { badRequest } from '../refusal.ts';

/** Where a reader of a `$filter` text stands. */
export interface Cursor {
  /** The next token as written. Refuses (400) at the end. */
  next(): string;
  /** The next token in lower case without taking it; undefined at the end. `ahead` looks further. */
  peek(ahead?: number): string | undefined;
  /** The refusal (400) that names this place. */
  fault(): Error;
}

const TOKEN = /\s*(?:('(?:[^']|'')*')|([(),])|([^\s(),']+))/y;

/** Cuts a `$filter` into quoted texts, parentheses, commas and words. Refuses (400) a text without closing quote. */
export function readTokens(text: string): Cursor {
  const tokens: { text: string; at: number }[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      throw badRequest(
        `Invalid filter clause: There is an unterminated string literal at position ${at} in '${text}'.`,
      );
    }
    tokens.push({ text: match[1] ?? match[2] ?? match[3]!, at });
  }
  let position = 0;
  const fault = (): Error => {
    const at = tokens[Math.min(position, tokens.length - 1)]?.at ?? 0;
    return badRequest(`Invalid filter clause: Syntax error at position ${at} in '${text}'.`);
  };
  return {
    next() {
      const token = tokens[position++];
      if (token === undefined) throw fault();
      return token.text;
    },
    peek: (ahead = 0) => tokens[position + ahead]?.text.toLowerCase(),
    fault,
  };
}
