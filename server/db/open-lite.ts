import { PGlite, protocol, types } from '@electric-sql/pglite';
import { ENTER_ROLE } from './tenancy.ts';
import { parseDate, parseInt8, parseTimestamp } from './parse-values.ts';
import { readAnswer, type RawAnswer } from './read-answer.ts';

/** One session of the embedded database. Statements must come one after another; the dialect's queue sees to that. */
export interface LiteSession {
  /** Runs one statement. Rejects with PostgreSQL's error. */
  run(text: string, parameters: readonly unknown[]): Promise<{ rows: unknown[]; affected: number }>;
  close(): Promise<void>;
}

/** Opens PGlite on a folder (null: in memory) with values read as PostgreSQL's driver reads them, in UTC. */
export async function openLite(folder: string | null): Promise<LiteSession> {
  const lite = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    parsers: { [types.INT8]: parseInt8, [types.TIMESTAMPTZ]: parseTimestamp, [types.DATE]: parseDate },
  });
  await lite.exec(`set time zone 'UTC'; ${ENTER_ROLE}`);
  return { run: prepareStatements(lite, folder !== null), close: () => lite.close() };
}

/** Statements that a session keeps prepared. The least recently used one makes room; the code itself has fewer. */
const KEPT = 300;

interface Prepared {
  name: string;
  parameterTypes: number[];
  fields: { name: string; parse: ((text: string) => unknown) | undefined }[];
}

/**
 * Runs statements as prepared ones, each in ONE exchange of messages. PGlite's own `query` takes five exchanges and has
 * the statement parsed and planned anew every time, which is most of what a short statement costs.
 */
function prepareStatements(lite: PGlite, isOnDisk: boolean): LiteSession['run'] {
  const { serialize } = protocol;
  const kept = new Map<string, Prepared>();
  let made = 0;
  const exchange = async (...parts: Uint8Array[]): Promise<RawAnswer> => {
    const pieces: Buffer[] = [];
    await lite.execProtocolRawStream(Buffer.concat(parts), {
      syncToFs: isOnDisk,
      // Copied: the memory behind it is the database's own.
      onRawData: (data) => void pieces.push(Buffer.from(data)),
    });
    return readAnswer(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
  };

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
    const { fields, parameterTypes } = await exchange(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    );
    const prepared: Prepared = {
      name,
      parameterTypes,
      fields: fields.map((field) => ({
        name: field.name,
        parse: lite.parsers[field.typeId] as ((text: string) => unknown) | undefined,
      })),
    };
    kept.set(text, prepared);
    return prepared;
  };

  return async (text, parameters) => {
    const { name, parameterTypes, fields } = await prepare(text);
    const values = parameters.map((value, index) => {
      if (value === null || value === undefined) return null;
      const toText = lite.serializers[parameterTypes[index] ?? types.TEXT];
      return toText ? toText(value) : `${value as string}`;
    });
    const answer = await exchange(serialize.bind({ statement: name, values }), serialize.execute({}), serialize.sync());
    const rows = answer.rows.map((values) => {
      const row: Record<string, unknown> = {};
      fields.forEach(({ name, parse }, index) => {
        const value = values[index]!;
        row[name] = value === null || !parse ? value : parse(value);
      });
      return row;
    });
    return { rows, affected: answer.affected };
  };
}
