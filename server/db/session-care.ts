import type { Instant } from '../domain/time/instant.ts';
import { anyOf, at, type TenantTransaction } from './schema.ts';

/** What was seen and done about a session since it was booked. */
export interface SessionCare {
  /** Key of what stood against it at the last look; null: nothing. */
  disturbedBy: string | null;
  autoMoves: number;
  cause: string | null;
  changedAt: Instant;
  mentorCopySeenAt: Instant | null;
  menteeCopySeenAt: Instant | null;
}

/** Of the given sessions, by id. */
export async function loadCare(
  tx: TenantTransaction,
  sessionIds: readonly string[],
): Promise<Map<string, SessionCare>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('sessions')
    .select(['sessionId', 'disturbedBy', 'autoMoves', 'cause', 'changedAt', 'mentorCopySeenAt', 'menteeCopySeenAt'])
    .where('sessionId', '=', anyOf(sessionIds))
    .execute();
  return new Map(rows.map(({ sessionId, ...care }) => [sessionId, care]));
}

/** Keeps what stands against a session, and what was done about it. */
export async function keepCare(
  tx: TenantTransaction,
  sessionId: string,
  change: {
    disturbedBy?: string | null;
    autoMoves?: number;
    mentorCopySeenAt?: Instant | null;
    menteeCopySeenAt?: Instant | null;
  },
): Promise<void> {
  const { mentorCopySeenAt, menteeCopySeenAt, ...rest } = change;
  await tx
    .updateTable('sessions')
    .set({
      ...rest,
      ...(mentorCopySeenAt === undefined
        ? {}
        : { mentorCopySeenAt: mentorCopySeenAt === null ? null : at(mentorCopySeenAt) }),
      ...(menteeCopySeenAt === undefined
        ? {}
        : { menteeCopySeenAt: menteeCopySeenAt === null ? null : at(menteeCopySeenAt) }),
    })
    .where('sessionId', '=', sessionId)
    .execute();
}

/** Sessions that we are writing ourselves, or have written since: what was read meanwhile may be older than the write. */
export async function loadWriting(tx: TenantTransaction, since: Instant): Promise<Set<string>> {
  const open = await tx
    .selectFrom('calendarWrites')
    .select('sessionId')
    .where('sessionId', 'is not', null)
    .where((eb) => eb.or([eb('state', 'in', ['planned', 'sending', 'unknown']), eb('doneAt', '>', at(since))]))
    .execute();
  return new Set(open.flatMap(({ sessionId }) => sessionId ?? []));
}
