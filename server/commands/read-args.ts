import { parseArgs } from 'node:util';

/** Bad input of a command: exit status 2 and one `{path, reason}` a line on stderr. */
export class UsageError extends Error {
  readonly faults: { path: string; reason: string }[];

  constructor(faults: { path: string; reason: string }[]) {
    super(faults.map((fault) => `${fault.path}: ${fault.reason}`).join('; '));
    this.name = 'UsageError';
    this.faults = faults;
  }
}

/**
 * What an option takes: a whole number in a range (`default` null: tell when it is not given), a share, a URL, one of some
 * words, the name of a file to write, any text, or nothing. `input` is no option but the one file to read, wherever it stands; `-` is stdin.
 */
export type OptionKind =
  | { kind: 'flag' }
  | { kind: 'input' }
  | { kind: 'output' }
  | { kind: 'integer'; default: number | null; least: number; most: number }
  | { kind: 'share'; default: number }
  | { kind: 'choice'; default: string; of: readonly string[] }
  | { kind: 'text'; default: string }
  | { kind: 'url'; protocols: readonly string[] };

type ValueOf<K extends OptionKind> = K extends { kind: 'flag' }
  ? boolean
  : K extends { kind: 'input' | 'text' }
    ? string
    : K extends { kind: 'choice'; of: readonly (infer Word)[] }
      ? Word
      : K extends { kind: 'url' | 'output' }
        ? string | null
        : K extends { default: null }
          ? number | null
          : number;

/** Reads the options of a command. Throws UsageError that names every one that cannot be used. */
export function readArgs<T extends Record<string, OptionKind>>(
  args: string[],
  shape: T,
): { [K in keyof T]: ValueOf<T[K]> } {
  const inputs = Object.keys(shape).filter((name) => shape[name]!.kind === 'input');
  const options = Object.fromEntries(
    Object.entries(shape)
      .filter(([, { kind }]) => kind !== 'input')
      .map(([name, { kind }]) => [name, { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) }]),
  );
  let given: Record<string, unknown>;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: inputs.length > 0 });
    given = {
      ...values,
      ...Object.fromEntries(inputs.map((name) => [name, positionals.length === 1 ? positionals[0] : ''])),
    };
  } catch (error) {
    throw new UsageError([{ path: 'options', reason: (error as Error).message.split('. ')[0] ?? 'cannot be read' }]);
  }
  const faults: { path: string; reason: string }[] = [];
  const values = Object.fromEntries(
    Object.entries(shape).map(([name, option]) => {
      try {
        return [name, readValue(option, given[name] as string | boolean | undefined)];
      } catch (error) {
        faults.push({ path: name, reason: (error as Error).message });
        return [name, null];
      }
    }),
  );
  if (faults.length > 0) throw new UsageError(faults);
  return values as { [K in keyof T]: ValueOf<T[K]> };
}

function readValue(option: OptionKind, text: string | boolean | undefined): boolean | number | string | null {
  switch (option.kind) {
    case 'flag':
      return text === true;
    case 'input':
      if (typeof text !== 'string' || text === '') throw new RangeError('must be one file of JSON, or - for stdin');
      return text;
    case 'output':
      if (text === undefined) return null;
      // Stdout holds the result alone.
      if (typeof text !== 'string' || text === '' || text === '-') throw new RangeError('must be the name of a file');
      return text;
    case 'text':
      if (text === undefined) return option.default;
      if (typeof text !== 'string' || text === '') throw new RangeError('must not be empty');
      return text;
    case 'integer': {
      if (text === undefined) return option.default;
      const value = text === '' ? Number.NaN : Number(text);
      if (!Number.isInteger(value) || value < option.least || value > option.most) {
        throw new RangeError(`must be a whole number from ${option.least} to ${option.most}`);
      }
      return value;
    }
    case 'share': {
      if (text === undefined) return option.default;
      const value = Number(text);
      if (text === '' || !(value >= 0 && value <= 0.5)) throw new RangeError('must be a number from 0 to 0.5');
      return value;
    }
    case 'choice':
      if (text === undefined) return option.default;
      if (!option.of.includes(String(text))) throw new RangeError(`must be one of ${option.of.join(', ')}`);
      return String(text);
    case 'url': {
      if (text === undefined) return null;
      const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : null;
      if (!url || !option.protocols.includes(url.protocol))
        throw new RangeError(`must be a URL that begins with ${option.protocols.join(' or ')}//`);
      return String(text).replace(/\/+$/, '');
    }
  }
}
