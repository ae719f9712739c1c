import { badRequest } from '../refusal.ts';
import { readTokens, type Cursor } from '../odata/tokens.ts';

/** The value under a path such as `start/dateTime`; a collection for what `any` asks. */
export type Read = (path: readonly string[]) => unknown;
/** Whether the thing that `read` reads passes. */
export type EventFilter = (read: Read) => boolean;

type Literal = string | number | boolean | null;

const COMPARE: Record<string, (order: number) => boolean> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

const TEXT_FUNCTIONS: Record<string, (text: string, part: string) => boolean> = {
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};

const TIME = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Reads an OData `$filter` on events: comparisons, `and`, `or`, `not`, parentheses, startswith, endswith, contains, and
 * `collection/any(x: ...)`. Refuses (400) what it cannot read.
 */
export function readEventFilter(text: string): EventFilter {
  // The space after the variable of a lambda is optional.
  const cursor = readTokens(text.replace(/(\bany\(\s*\w+:)(?=\S)/gi, '$1 '));
  const filter = readOr(cursor);
  if (cursor.peek() !== undefined) throw cursor.fault();
  return filter;
}

function readOr(cursor: Cursor): EventFilter {
  let left = readAnd(cursor);
  while (cursor.peek() === 'or') {
    cursor.next();
    const [a, b] = [left, readAnd(cursor)];
    left = (read) => a(read) || b(read);
  }
  return left;
}

function readAnd(cursor: Cursor): EventFilter {
  let left = readOne(cursor);
  while (cursor.peek() === 'and') {
    cursor.next();
    const [a, b] = [left, readOne(cursor)];
    left = (read) => a(read) && b(read);
  }
  return left;
}

function expect(cursor: Cursor, token: string): void {
  if (cursor.peek() !== token) throw cursor.fault();
  cursor.next();
}

function readOne(cursor: Cursor): EventFilter {
  const first = cursor.peek() ?? '';
  if (first === 'not') {
    cursor.next();
    const inner = readOne(cursor);
    return (read) => !inner(read);
  }
  if (first === '(') {
    cursor.next();
    const inner = readOr(cursor);
    expect(cursor, ')');
    return inner;
  }
  if (Object.hasOwn(TEXT_FUNCTIONS, first) && cursor.peek(1) === '(') return readTextFunction(cursor, first);
  if (first.endsWith('/any') && cursor.peek(1) === '(') return readAny(cursor);
  return readComparison(cursor);
}

function readTextFunction(cursor: Cursor, name: string): EventFilter {
  cursor.next();
  expect(cursor, '(');
  const path = readPath(cursor);
  expect(cursor, ',');
  const part = readLiteral(cursor);
  expect(cursor, ')');
  const test = TEXT_FUNCTIONS[name]!;
  return (read) => {
    const value = read(path);
    return typeof value === 'string' && test(value.toLowerCase(), String(part).toLowerCase());
  };
}

/** `attendees/any(a: a/emailAddress/address eq 'x')` */
function readAny(cursor: Cursor): EventFilter {
  const path = cursor.next().split('/').slice(0, -1);
  expect(cursor, '(');
  const variable = cursor.next();
  if (!/^\w+:$/.test(variable)) throw cursor.fault();
  const name = variable.slice(0, -1);
  const inner = readOr(cursor);
  expect(cursor, ')');
  return (read) => {
    const members = read(path);
    return Array.isArray(members) && members.some((member) => inner(readerOf(member, name, read)));
  };
}

const readerOf =
  (member: unknown, variable: string, outer: Read): Read =>
  (path) =>
    path[0] === variable ? descend(member, path.slice(1)) : outer(path);

/** The value under a path inside plain objects; names without regard to case. */
export function descend(value: unknown, path: readonly string[]): unknown {
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    const found = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase());
    value = found?.[1];
  }
  return value;
}

function readPath(cursor: Cursor): string[] {
  const word = cursor.next();
  if (!/^[a-z_][\w/]*$/i.test(word)) throw cursor.fault();
  return word.split('/');
}

function readComparison(cursor: Cursor): EventFilter {
  const path = readPath(cursor);
  const operator = cursor.peek() ?? '';
  const test = Object.hasOwn(COMPARE, operator) ? COMPARE[operator] : undefined;
  if (!test) throw cursor.fault();
  cursor.next();
  const literal = readLiteral(cursor);
  return (read) => {
    const order = compare(read(path), literal);
    return order === undefined ? operator === 'ne' : test(order);
  };
}

function readLiteral(cursor: Cursor): Literal {
  const word = cursor.next();
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
  if (word === 'null') return null;
  if (/^(true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  if (TIME.test(word)) return word;
  const number = Number(word);
  if (Number.isNaN(number)) throw badRequest(`Invalid filter clause: '${word}' is no literal.`);
  return number;
}

/** Below, equal or above 0; undefined where the two cannot be compared. */
function compare(value: unknown, literal: Literal): number | undefined {
  const isNothing = value === null || value === undefined;
  if (isNothing || literal === null) return isNothing && literal === null ? 0 : undefined;
  if (typeof value === 'string' && typeof literal === 'string') {
    if (TIME.test(value) && TIME.test(literal)) return Math.sign(timeOf(value) - timeOf(literal));
    return value === literal ? 0 : value < literal ? -1 : 1;
  }
  if (typeof value === 'number' && typeof literal === 'number') return Math.sign(value - literal);
  if (typeof value === 'boolean' && typeof literal === 'boolean') return value === literal ? 0 : 1;
  return undefined;
}

/** Times in filters are UTC, with or without a Z; only three digits of a fraction count. */
function timeOf(text: string): number {
  const [, main, fraction = '', offset = 'Z'] = /^([\dT:-]+?)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const full = main?.includes('T') ? `${main}${fraction.slice(0, 4)}${offset}` : text;
  return Date.parse(full);
}
