import { sql } from 'kysely';
import type { TenantTransaction } from './schema.ts';

/** Columns of a participant that change by themselves and have no say in matching. */
const BOOKKEEPING = ['asks', 'invited_at', 'prepared_at', 'due_at', 'reminded_at'];

/**
 * A digest of what a matching of the cohort is computed from: the cohort and its program, those who have joined or pause,
 * the administrator's wishes, and the pairs that live or ended. It is the same as long as these are; what matching itself writes is not in it. Computed
 * by the database, so that a big cohort is not carried over a second time.
 */
export async function readMatchingBasis(tx: TenantTransaction, cohortId: string): Promise<string> {
  const { rows } = await sql<{ basis: string }>`
    select md5(concat_ws(' ',
      (select concat(to_jsonb(c) - 'state' - 'due_at', c.state = 'closed', to_jsonb(p))
        from cohorts c join programs p on p.program_id = c.program_id where c.cohort_id = ${cohortId}),
      (select string_agg(md5((to_jsonb(m) - ${BOOKKEEPING}::text[])::text), '' order by m.person_id, m.side)
        from participants m where m.cohort_id = ${cohortId} and m.state in ('joined', 'paused')),
      (select string_agg(concat(w.mentee_id, w.mentor_id, w.wish), '' order by w.mentee_id, w.mentor_id)
        from match_wishes w where w.cohort_id = ${cohortId}),
      (select string_agg(concat(r.mentee_id, r.mentor_id, r.state), '' order by r.pair_id)
        from pairs r where r.cohort_id = ${cohortId} and r.state <> 'proposed'))) as basis`.execute(tx);
  return rows[0]!.basis;
}
