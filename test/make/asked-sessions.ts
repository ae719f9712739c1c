import { sql } from 'kysely';
import type { TenantTransaction } from '../../server/db/schema.ts';
import type { PersonId, TenantId } from '../../server/domain/people/person.ts';

/** A session that has just ended, and those who are asked about it. */
export interface AskedSession {
  sessionId: string;
  people: readonly PersonId[];
}

/**
 * Makes sessions that ended a minute ago, about which both people have a card in their chat: `perPair` for each pair of
 * neighbors in `people`.
 */
export async function makeSessions(
  tx: TenantTransaction,
  tenantId: TenantId,
  { cohortId, people, perPair }: { cohortId: string; people: readonly PersonId[]; perPair: number },
): Promise<AskedSession[]> {
  const mentors = people.filter((_, index) => index % 2 === 0);
  const mentees = people.filter((_, index) => index % 2 === 1);
  await sql`insert into pairs (tenant_id, pair_id, cohort_id, mentor_id, mentee_id, generation, state, score, parts, reasons, state_since)
    select ${tenantId}, gen_random_uuid(), ${cohortId}, mentor, mentee, 1, 'booked', 800000, '{}', '[]', now()
    from unnest(${mentors}::uuid[], ${mentees}::uuid[]) as two (mentor, mentee)`.execute(tx);
  await sql`insert into series (tenant_id, series_id, pair_id, generation, organizer_id, subject, time_zone, first_start, minutes, every_weeks, count, state, key, created_at)
    select tenant_id, gen_random_uuid(), pair_id, 1, mentor_id, 'A / B', 'Europe/Rome', '2026-09-29T10:00', 30, 1, ${perPair}::integer, 'confirmed', gen_random_uuid(), now()
    from pairs`.execute(tx);
  await sql`insert into sessions (tenant_id, session_id, series_id, pair_id, number, original_start, starts_at, ends_at, planned_start, state, changed_at)
    select tenant_id, gen_random_uuid(), series_id, pair_id, number, now() - interval '31 min', now() - interval '31 min', now() - interval '1 min', now() - interval '31 min', 'booked', now()
    from series cross join generate_series(1, ${perPair}::integer) as number`.execute(tx);
  for (const side of ['mentor', 'mentee']) {
    const person = sql.ref(`${side}_id`);
    await sql`insert into feedback_requests (tenant_id, session_id, person_id, side, state, asked_at, closes_at)
      select tenant_id, session_id, ${person}, ${side}, 'asked', now(), now() + interval '7 days' from sessions join pairs using (tenant_id, pair_id)`.execute(
      tx,
    );
    await sql`insert into messages (tenant_id, message_id, person_id, subject_key, kind, data, state, not_before, activity_id, shown_revision, created_at, sent_at)
      select tenant_id, gen_random_uuid(), ${person}, 'feedback:' || session_id, 'feedback', '{}', 'sent', now(), gen_random_uuid(), 1, now(), now()
      from sessions join pairs using (tenant_id, pair_id)`.execute(tx);
  }
  const made = await tx
    .selectFrom('sessions')
    .innerJoin('pairs', 'pairs.pairId', 'sessions.pairId')
    .select(['sessionId', 'mentorId', 'menteeId'])
    .orderBy('number')
    .orderBy('sessions.pairId')
    .execute();
  return made.map(({ sessionId, mentorId, menteeId }) => ({ sessionId, people: [mentorId, menteeId] }));
}
