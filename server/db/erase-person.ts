import { sql } from 'kysely';
import type { PersonId } from '../domain/people/person.ts';
import { PERSONAL_COLUMNS } from './personal-columns.ts';
import { anyOf, json, type TenantTransaction } from './schema.ts';

/**
 * Takes everything about a person out of the tenant's rows: what is theirs alone is deleted, in what others share an id
 * takes their place that belongs to nobody, and names and free text go. Counts and scores of groups stay what they were.
 */
export async function erasePerson(tx: TenantTransaction, personId: PersonId, stranger: string): Promise<void> {
  const person = await tx
    .selectFrom('people')
    .select(['displayName', 'mail', 'formerMail'])
    .where('personId', '=', personId)
    .executeTakeFirst();
  const pairs = await tx
    .selectFrom('pairs')
    .select(['pairId', 'mentorId', 'menteeId'])
    .where((eb) => eb.or([eb('mentorId', '=', personId), eb('menteeId', '=', personId)]))
    .execute();
  const pairIds = pairs.map(({ pairId }) => pairId);
  const partners = pairs.flatMap(({ mentorId, menteeId }) => [mentorId, menteeId]);
  const told = [...partners, ...(await loadContactCircle(tx, personId))];
  await tx.updateTable('series').set({ subject: '' }).where('pairId', '=', anyOf(pairIds)).execute();
  await tx
    .updateTable('pairs')
    .set({ reasons: json([]), parts: json({}), answer: null })
    .where('pairId', '=', anyOf(pairIds))
    .execute();
  await tx
    .updateTable('feedback')
    .set({ note: null, noteReader: null, department: null, office: null, ...NO_PULSE })
    .where('personId', '=', personId)
    .execute();
  await tx.updateTable('people').set({ managerId: null }).where('managerId', '=', personId).execute();
  await dropUnmatched(tx, personId);
  for (const text of [person?.displayName, person?.mail, person?.formerMail, personId])
    if (text) await dropText(tx, text, told);
  for (const { table, column, erasure } of PERSONAL_COLUMNS) {
    const isTheirs = sql`${sql.ref(column)} = ${personId}`;
    await (
      erasure === 'deleted'
        ? sql`delete from ${sql.table(table)} where ${isTheirs}`
        : sql`update ${sql.table(table)} set ${sql.ref(column)} = ${erasure === 'stranger' ? stranger : null}::uuid where ${isTheirs}`
    ).execute(tx);
  }
}

/** Nothing of the pulse is in any number of a group, so nothing of it has to stay. */
const NO_PULSE = { rightMatch: null, safeToSpeak: null, taughtBy: null } as const;

/** Whose cards may name the person as their safe contact, and to whom the person's own name was sent as one. */
async function loadContactCircle(tx: TenantTransaction, personId: PersonId): Promise<PersonId[]> {
  const participants = await tx
    .selectFrom('participants')
    .innerJoin('cohorts', 'cohorts.cohortId', 'participants.cohortId')
    .select('participants.personId')
    .where('cohorts.safeContactId', '=', personId)
    .execute();
  const requests = await tx
    .selectFrom('contactRequests')
    .select(['personId', 'contactId'])
    .where((eb) => eb.or([eb('personId', '=', personId), eb('contactId', '=', personId)]))
    .execute();
  return [
    ...participants.map((row) => row.personId),
    ...requests.flatMap((request) => [request.personId, request.contactId]),
  ];
}

/**
 * The person's name, address or id in cards of those they were paired with or knew as safe contact, in the administrator's log, and in comments
 * that were published for a group. These stay otherwise: one that went would tell whose it was.
 */
async function dropText(tx: TenantTransaction, text: string, readers: readonly PersonId[]): Promise<void> {
  // As it stands inside a JSON text.
  const inside = JSON.stringify(text).slice(1, -1);
  await sql`update messages set data = replace(data::text, ${inside}, '')::jsonb
    where person_id = ${anyOf(readers)} and position(${inside} in data::text) > 0`.execute(tx);
  await sql`update run_log set detail = replace(detail::text, ${inside}, '')::jsonb
    where position(${inside} in detail::text) > 0`.execute(tx);
  await sql`update feedback_snapshots set content = replace(content::text, ${inside}, '')::jsonb
    where kind = 'comments' and position(${inside} in content::text) > 0`.execute(tx);
}

async function dropUnmatched(tx: TenantTransaction, personId: PersonId): Promise<void> {
  const runs = await tx.selectFrom('matchRuns').select(['runId', 'unmatched', 'blocking']).execute();
  for (const { runId, unmatched, blocking } of runs) {
    const others = unmatched.filter((row) => row.personId !== personId);
    const strangers = blocking.filter((row) => row.menteeId !== personId && row.mentorId !== personId);
    if (others.length < unmatched.length || strangers.length < blocking.length)
      await tx
        .updateTable('matchRuns')
        .set({ unmatched: json(others), blocking: json(strangers) })
        .where('runId', '=', runId)
        .execute();
  }
}
