import { readTokens, type Cursor } from './tokens.ts';

/** What a filter may compare: the value under a path (`displayName`, `teamsApp/id`). */
export type PropertyReader<T> = (item: T, path: string) => unknown;

/** A filter that was read: which items pass, which names and operators (`eq`, `not`, `startswith`) it uses. */
export interface Filter {
  test<T>(item: T, read: PropertyReader<T>): boolean;
  names: ReadonlySet<string>;
  operators: ReadonlySet<string>;
}

type Literal = string | number | boolean | null;
type Node =
  | { kind: 'and' | 'or'; parts: Node[] }
  | { kind: 'not'; inner: Node }
  | { kind: 'compare'; operator: string; path: string; values: Literal[] };

const COMPARISONS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const FUNCTIONS = new Set(['startswith', 'endswith', 'contains']);

/**
 * Reads an OData `$filter` of comparisons, `in`, `startswith`, `endswith`, `contains`, `and`, `or`, `not` and
 * parentheses. Text compares without regard to case, as the directory does. Refuses (400) what it cannot read.
 */
export function readFilter(text: string): Filter {
  const cursor = readTokens(text);
  const root = readEither(cursor);
  if (cursor.peek() !== undefined) throw cursor.fault();
  const names = new Set<string>();
  const operators = new Set<string>();
  collect(root, names, operators);
  return { test: (item, read) => passes(root, (path) => read(item, path)), names, operators };
}

const readEither = (cursor: Cursor): Node => readJoined(cursor, 'or', (inner) => readJoined(inner, 'and', readOne));

function readJoined(cursor: Cursor, kind: 'and' | 'or', part: (cursor: Cursor) => Node): Node {
  const parts = [part(cursor)];
  while (cursor.peek() === kind) {
    cursor.next();
    parts.push(part(cursor));
  }
  return parts.length === 1 ? parts[0]! : { kind, parts };
}

function readOne(cursor: Cursor): Node {
  const first = cursor.peek() ?? '';
  if (first === 'not') {
    cursor.next();
    return { kind: 'not', inner: readOne(cursor) };
  }
  if (first === '(') {
    cursor.next();
    const inner = readEither(cursor);
    expect(cursor, ')');
    return inner;
  }
  if (FUNCTIONS.has(first) && cursor.peek(1) === '(') {
    cursor.next();
    expect(cursor, '(');
    const path = readName(cursor);
    expect(cursor, ',');
    const values = [readLiteral(cursor)];
    expect(cursor, ')');
    return { kind: 'compare', operator: first, path, values };
  }
  const path = readName(cursor);
  const operator = cursor.next().toLowerCase();
  if (operator === 'in') return { kind: 'compare', operator, path, values: readList(cursor) };
  if (!COMPARISONS.has(operator)) throw cursor.fault();
  return { kind: 'compare', operator, path, values: [readLiteral(cursor)] };
}

function readList(cursor: Cursor): Literal[] {
  expect(cursor, '(');
  const values = [readLiteral(cursor)];
  while (cursor.peek() === ',') {
    cursor.next();
    values.push(readLiteral(cursor));
  }
  expect(cursor, ')');
  return values;
}

function expect(cursor: Cursor, token: string): void {
  if (cursor.next() !== token) throw cursor.fault();
}

function readName(cursor: Cursor): string {
  const token = cursor.next();
  if (!/^[a-z][\w/.]*$/i.test(token)) throw cursor.fault();
  return token;
}

function readLiteral(cursor: Cursor): Literal {
  const token = cursor.next();
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (/^(true|false)$/i.test(token)) return token.toLowerCase() === 'true';
  if (token === 'null') return null;
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  if (/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(token)) return token;
  throw cursor.fault();
}

function collect(node: Node, names: Set<string>, operators: Set<string>): void {
  if (node.kind === 'compare') {
    names.add(node.path);
    operators.add(node.operator);
  } else if (node.kind === 'not') {
    operators.add('not');
    collect(node.inner, names, operators);
  } else for (const part of node.parts) collect(part, names, operators);
}

function passes(node: Node, read: (path: string) => unknown): boolean {
  if (node.kind === 'not') return !passes(node.inner, read);
  if (node.kind !== 'compare') {
    const test = (part: Node): boolean => passes(part, read);
    return node.kind === 'and' ? node.parts.every(test) : node.parts.some(test);
  }
  const value = read(node.path);
  if (node.operator === 'in') return node.values.some((wanted) => order(value, wanted) === 0);
  const wanted = node.values[0] ?? null;
  if (FUNCTIONS.has(node.operator)) return textHolds(node.operator, value, wanted);
  return holds(node.operator, order(value, wanted));
}

function textHolds(operator: string, value: unknown, wanted: Literal): boolean {
  if (typeof value !== 'string' || typeof wanted !== 'string') return false;
  const [text, part] = [value.toLowerCase(), wanted.toLowerCase()];
  if (operator === 'contains') return text.includes(part);
  return operator === 'startswith' ? text.startsWith(part) : text.endsWith(part);
}

/** Negative, 0 or positive; NaN for values that cannot be compared (other types, null beside a value). */
function order(left: unknown, right: unknown): number {
  if (left === right || (left === undefined && right === null)) return 0;
  if (typeof left === 'string' && typeof right === 'string') {
    const [a, b] = [left.toLowerCase(), right.toLowerCase()];
    return a === b ? 0 : a < b ? -1 : 1;
  }
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return NaN;
}

function holds(operator: string, difference: number): boolean {
  switch (operator) {
    case 'eq':
      return difference === 0;
    case 'ne':
      return difference !== 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    default:
      return difference <= 0;
  }
}
