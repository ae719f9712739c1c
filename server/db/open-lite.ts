import { PGlite, protocol, types, type messages } from '@electric-sql/pglite';
import { ENTER_ROLE } from './tenancy.ts';
import { parseDate, parseInt8, parseTimestamp } from './parse-values.ts';

/** A statement and its values. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

/** One session of the embedded database. Statements must come one after another; the dialect's queue sees to that. */
export interface LiteSession {
  /** Runs statements, at least one, and gives what the last one answered. Stops at PostgreSQL's first error and rejects with it. */
  run(statements: readonly Statement[]): Promise<{ rows: unknown[]; affected: number }>;
  close(): Promise<void>;
}

/** Opens PGlite on a folder (null: in memory) with values read as PostgreSQL's driver reads them, in UTC. */
export async function openLite(folder: string | null): Promise<LiteSession> {
  const lite = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    parsers: { [types.INT8]: parseInt8, [types.TIMESTAMPTZ]: parseTimestamp, [types.DATE]: parseDate },
  });
  await lite.exec(`set time zone 'UTC'; ${ENTER_ROLE}`);
  return { run: prepareStatements(lite), close: () => lite.close() };
}

/** Statements that a session keeps prepared. The least recently used one makes room; the code itself has fewer. */
const KEPT = 300;

interface Prepared {
  name: string;
  parameterTypes: number[];
  fields: { name: string; parse: ((text: string) => unknown) | undefined }[];
}

/**
 * Runs statements as prepared ones, all of a call in ONE exchange of messages. PGlite's own `query` takes five exchanges and has
 * the statement parsed and planned anew every time, which is most of what a short statement costs.
 */
function prepareStatements(lite: PGlite): LiteSession['run'] {
  const { serialize } = protocol;
  const kept = new Map<string, Prepared>();
  let made = 0;
  const exchange = async (...parts: Uint8Array[]): Promise<messages.BackendMessage[]> =>
    lite.runExclusive(async () => (await lite.execProtocol(Buffer.concat(parts))).messages);

  const prepare = async (text: string): Promise<Prepared> => {
    const known = kept.get(text);
    if (known) {
      kept.delete(text);
      kept.set(text, known);
      return known;
    }
    const [oldest] = kept.size >= KEPT ? kept.entries() : [];
    if (oldest) {
      kept.delete(oldest[0]);
      await exchange(serialize.close({ type: 'S', name: oldest[1].name }), serialize.sync());
    }
    const name = `s${made++}`;
    const answer = await exchange(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    );
    const prepared: Prepared = { name, parameterTypes: [], fields: [] };
    for (const message of answer) {
      if (isNamed<messages.ParameterDescriptionMessage>(message, 'parameterDescription'))
        prepared.parameterTypes = message.dataTypeIDs;
      if (isNamed<messages.RowDescriptionMessage>(message, 'rowDescription'))
        prepared.fields = message.fields.map((field) => ({
          name: field.name,
          parse: lite.parsers[field.dataTypeID] as ((text: string) => unknown) | undefined,
        }));
    }
    kept.set(text, prepared);
    return prepared;
  };

  const bind = ({ name, parameterTypes }: Prepared, parameters: readonly unknown[]): Uint8Array[] => {
    const values = parameters.map((value, index) => {
      if (value === null || value === undefined) return null;
      const toText = lite.serializers[parameterTypes[index] ?? types.TEXT];
      return toText ? toText(value) : `${value as string}`;
    });
    return [serialize.bind({ statement: name, values }), serialize.execute({})];
  };

  return async (statements) => {
    const parts: Uint8Array[] = [];
    let fields: Prepared['fields'] = [];
    for (const { sql, parameters } of statements) {
      const prepared = await prepare(sql);
      parts.push(...bind(prepared, parameters));
      fields = prepared.fields;
    }
    const answer = await exchange(...parts, serialize.sync());
    const rows: Record<string, unknown>[] = [];
    let affected = 0;
    let ended = 0;
    for (const message of answer) {
      if (isNamed<messages.DataRowMessage>(message, 'dataRow')) {
        if (ended < statements.length - 1) continue;
        const row: Record<string, unknown> = {};
        message.fields.forEach((value, index) => {
          const field = fields[index]!;
          row[field.name] = value === null || !field.parse ? value : field.parse(value);
        });
        rows.push(row);
      } else if (isNamed<messages.CommandCompleteMessage>(message, 'commandComplete')) {
        ended++;
        // `INSERT 0 3`, `UPDATE 2`: the last word counts the rows.
        affected = Number(message.text.split(' ').at(-1)) || 0;
      }
    }
    return { rows, affected };
  };
}

const isNamed = <M extends messages.BackendMessage>(message: messages.BackendMessage, name: string): message is M =>
  message.name === name;
