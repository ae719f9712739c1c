import type { FindingState } from '../contract/check.ts';
import type { checkTexts } from '../locales/en/check.ts';
import type { ReadResult, WriteResult } from '../ports.ts';

export type CheckName = keyof typeof checkTexts.checkNames;
export type FoundKey = keyof typeof checkTexts.checkFound;
export type TodoKey = keyof typeof checkTexts.checkTodo;
export type Values = Readonly<Record<string, string | number>>;

/** A text of `check` with its values. `permissions` are named with what each is for, in place of `{{list}}`. */
export interface Said<Key extends string> {
  key: Key;
  values: Values;
  permissions: readonly string[];
}

/** One line of the check, in no language. Its values are never names, addresses of people or calendar texts. */
export interface Finding {
  name: CheckName;
  /** Whose, where several tenants are served. */
  tenantId: string | null;
  state: FindingState;
  found: Said<FoundKey>;
  /** What to do about it; null where nothing is. */
  todo: Said<TodoKey> | null;
}

const say = <Key extends string>(key: Key, values: Values = {}): Said<Key> => ({ key, values, permissions: [] });

export const ok = (name: CheckName, found: FoundKey, values?: Values): Finding => ({
  name,
  tenantId: null,
  state: 'ok',
  found: say(found, values),
  todo: null,
});

/** What was found, and what to do. Each may be a key, or a key with its values. */
export const problem = (
  name: CheckName,
  found: FoundKey | [FoundKey, Values],
  todo: TodoKey | [TodoKey, Values],
): Finding => ({
  name,
  tenantId: null,
  state: 'problem',
  found: typeof found === 'string' ? say(found) : say(...found),
  todo: typeof todo === 'string' ? say(todo) : say(...todo),
});

export const skipped = (name: CheckName, found: FoundKey): Finding => ({
  name,
  tenantId: null,
  state: 'skipped',
  found: say(found),
  todo: null,
});

/** The finding speaks of these permissions. */
export const about = (finding: Finding, permissions: readonly string[]): Finding => ({
  ...finding,
  found: { ...finding.found, permissions },
});

type Unsuccessful = Exclude<ReadResult<unknown> | WriteResult<unknown>, { outcome: 'done' }>;

/** How a call that did not succeed ended. */
export const describeResult = (result: Unsuccessful): [FoundKey, Values] =>
  result.outcome === 'refused'
    ? ['refusedWith', { status: result.status, code: result.code }]
    : ['noAnswer', { code: result.code }];
