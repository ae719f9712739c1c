import { queueMessage } from '../../db/messages.ts';
import { findPair } from '../../db/pairs.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { TenantTransaction } from '../../db/schema.ts';
import { loadSessions, type SeriesRow } from '../../db/sessions.ts';
import type { TenantRow } from '../../db/tenants.ts';
import type { Instant } from '../../domain/time/instant.ts';

/**
 * Puts the card that tells of a booked series into the outbox of `readers`. Told again, it takes the place of the first:
 * when the link came later, or the executive's copy was accepted for them.
 */
export async function tellBooked(
  tx: TenantTransaction,
  input: {
    tenant: Pick<TenantRow, 'tenantId' | 'salt'>;
    series: Pick<SeriesRow, 'seriesId' | 'pairId' | 'generation'>;
    joinUrl: string | null;
    /** Whether the executive's own copy is accepted already. */
    isAccepted: boolean;
    readers: 'both' | 'mentee' | 'mentor';
    /** Before this the card is not sent: something of it is still to be learned. */
    notBefore: Instant;
    now: Instant;
  },
): Promise<void> {
  const { tenant, series, joinUrl, readers, notBefore, now } = input;
  const pair = await findPair(tx, series.pairId);
  if (!pair) return;
  const people = await loadPeopleById(tx, [pair.mentorId, pair.menteeId]);
  const sessions = await loadSessions(tx, { seriesId: series.seriesId });
  for (const side of ['mentor', 'mentee'] as const) {
    if (readers !== 'both' && readers !== side) continue;
    const [reader, partner] = side === 'mentor' ? [pair.mentorId, pair.menteeId] : [pair.menteeId, pair.mentorId];
    await queueMessage(tx, {
      tenantId: tenant.tenantId,
      salt: tenant.salt,
      personId: reader,
      subjectKey: `booked:${pair.pairId}:${series.generation}`,
      data: {
        kind: 'booked',
        pairId: pair.pairId,
        partnerName: people.get(partner)?.displayName ?? '',
        dates: sessions.map((session) => ({ start: session.startsAt, end: session.endsAt })),
        joinUrl,
        acceptOnce: side === 'mentee' && !input.isAccepted,
      },
      notBefore,
      now,
    });
  }
}
