import { PGlite, types } from '@electric-sql/pglite';
import { ENTER_ROLE } from './tenancy.ts';
import { parseDate, parseInt8, parseTimestamp } from './parse-values.ts';

/** Opens PGlite on a folder (null: in memory) with values read as PostgreSQL's driver reads them, in UTC. */
export async function openLite(folder: string | null): Promise<PGlite> {
  const lite = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    parsers: { [types.INT8]: parseInt8, [types.TIMESTAMPTZ]: parseTimestamp, [types.DATE]: parseDate },
  });
  await lite.exec(`set time zone 'UTC'; ${ENTER_ROLE}`);
  return lite;
}

/**
 * Runs one statement. Without parameters the simple protocol does: one message in place of five, which is what every
 * transaction's `begin`, tenant and `commit` are. Rejects with PostgreSQL's error.
 */
export async function runStatement(
  lite: PGlite,
  statement: string,
  parameters: readonly unknown[],
): Promise<{ rows: unknown[]; affected: number }> {
  const result =
    parameters.length === 0 ? (await lite.exec(statement)).at(-1) : await lite.query(statement, [...parameters]);
  return { rows: result?.rows ?? [], affected: result?.affectedRows ?? 0 };
}
