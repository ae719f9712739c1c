import type { Database } from '../db/schema.ts';
import { loadSeries, loadSessions, type SeriesRow, type SessionRow } from '../db/sessions.ts';
import { loadPairs, type PairRow } from '../db/pairs.ts';
import { inTenant } from '../db/tenancy.ts';
import { loadTenant } from '../db/tenants.ts';
import type { TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { dateKey } from '../use-cases/slots/plan-date.ts';

/** What the database says at the end of a run, for the audit. */
export interface Records {
  pairs: PairRow[];
  /** Pairs that were agreed at some time. */
  agreedPairIds: string[];
  series: SeriesRow[];
  sessions: (SessionRow & { autoMoves: number; disturbedBy: string | null; changedAt: Instant })[];
  /** Single dates in the place of lost ones, by the tag that they carry. */
  dates: { key: string; sessionId: string }[];
  /** Times that were offered in place of sessions. */
  offers: {
    sessionId: string;
    round: number;
    because: string;
    state: string;
    askedAt: Instant;
    answeredAt: Instant | null;
  }[];
  /** One row per person and date of a session. */
  feedback: {
    sessionId: string;
    personId: string;
    attempt: number;
    tookPlace: boolean;
    usefulness: number | null;
  }[];
  requests: { sessionId: string; personId: string; state: string; skippedBecause: string | null }[];
  /** Every card of the outbox. */
  messages: {
    personId: string;
    subjectKey: string;
    kind: string;
    state: string;
    activityId: string | null;
    sentAt: number | null;
  }[];
  participants: { personId: string; side: 'mentor' | 'mentee'; state: string; asks: number }[];
  openWrites: number;
}

/** Reads the records of a tenant in one transaction. */
export function readRecords(db: Database, tenantId: TenantId): Promise<Records> {
  return inTenant(db, tenantId, async (tx) => {
    const pairs = await loadPairs(tx);
    const agreed = await tx.selectFrom('pairs').select('pairId').where('agreedAt', 'is not', null).execute();
    const open = await tx
      .selectFrom('calendarWrites')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('state', 'in', ['planned', 'sending', 'unknown'])
      .executeTakeFirstOrThrow();
    const care = new Map(
      (await tx.selectFrom('sessions').select(['sessionId', 'autoMoves', 'disturbedBy', 'changedAt']).execute()).map(
        ({ sessionId, ...rest }) => [sessionId, rest],
      ),
    );
    const tenant = await loadTenant(tx);
    const singles = await tx
      .selectFrom('calendarWrites')
      .select(['sessionId', 'data'])
      .where('kind', '=', 'createDate')
      .execute();
    return {
      pairs,
      agreedPairIds: agreed.map((row) => row.pairId),
      series: await loadSeries(tx, {}),
      sessions: (await loadSessions(tx, {})).map((row) => ({ ...row, ...care.get(row.sessionId)! })),
      dates: singles.flatMap(({ sessionId, data }) =>
        sessionId === null ? [] : [{ key: dateKey(tenant, sessionId, data.round ?? 0), sessionId }],
      ),
      offers: await tx
        .selectFrom('sessionOffers')
        .select(['sessionId', 'round', 'because', 'state', 'askedAt', 'answeredAt'])
        .orderBy('sessionId')
        .orderBy('round')
        .execute(),
      feedback: await tx
        .selectFrom('feedback')
        .select(['sessionId', 'personId', 'attempt', 'tookPlace', 'usefulness'])
        .execute(),
      requests: await tx
        .selectFrom('feedbackRequests')
        .select(['sessionId', 'personId', 'state', 'skippedBecause'])
        .execute(),
      messages: await tx
        .selectFrom('messages')
        .select(['personId', 'subjectKey', 'kind', 'state', 'activityId', 'sentAt'])
        .execute(),
      participants: await tx.selectFrom('participants').select(['personId', 'side', 'state', 'asks']).execute(),
      openWrites: open.n,
    };
  });
}
