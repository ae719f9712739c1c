import { timingSafeEqual } from 'node:crypto';
import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { findOurEvents } from './find-our-events.ts';
import { markMailbox } from './mark-mailbox.ts';
import { lifecycleDue } from './renew-subscriptions.ts';

/** One item of a change notification or lifecycle event, as far as it matters. */
export interface Notice {
  /** Null where the notice names none: then nobody's. */
  tenantId: TenantId | null;
  subscriptionId: string;
  clientState: string;
  /** Mailbox and event named by the resource, or null for lifecycle events and forms that we do not know. */
  mailboxId: PersonId | null;
  eventId: string | null;
  lifecycle: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed' | null;
}

/** Two secrets compared in constant time, also when their lengths differ. */
function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  const padded = Buffer.alloc(right.length);
  left.copy(padded);
  return timingSafeEqual(padded, right) && left.length === right.length;
}

/**
 * Takes notifications as hints (reliability.md R5): with the right secret what they name is marked to be read, if it is
 * ours; nothing in them is believed. Returns how many counted. Never throws for a forged one.
 */
export async function acceptNotices(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  notices: readonly Notice[],
): Promise<number> {
  const now = clock.now();
  let counted = 0;
  let isMarked = false;
  for (const tenantId of new Set(notices.map((notice) => notice.tenantId))) {
    if (tenantId === null) continue;
    await inTenant(db, tenantId, async (tx) => {
      const ids = notices.flatMap((notice) =>
        notice.tenantId === tenantId ? [notice.subscriptionId.toLowerCase()] : [],
      );
      const known = await tx
        .selectFrom('subscriptions')
        .select(['mailboxId', 'subscriptionId', 'clientState', 'dueAt'])
        .where((eb) => eb(eb.fn<string>('lower', ['subscriptionId']), 'in', [...new Set(ids)]))
        .execute();
      const marked = new Map<PersonId, Set<string | null>>();
      for (const notice of notices) {
        if (notice.tenantId !== tenantId) continue;
        const own = known.find((row) => row.subscriptionId?.toLowerCase() === notice.subscriptionId.toLowerCase());
        if (!own || !isSame(notice.clientState, own.clientState)) continue;
        if (notice.mailboxId !== null && notice.mailboxId !== own.mailboxId) continue;
        counted++;
        const events = marked.get(own.mailboxId) ?? new Set();
        marked.set(own.mailboxId, events.add(notice.eventId));
        const dueAt = lifecycleDue(own.dueAt, now);
        if (notice.lifecycle !== null && dueAt < own.dueAt) {
          await tx
            .updateTable('subscriptions')
            .set({
              dueAt: at(dueAt),
              ...(notice.lifecycle === 'subscriptionRemoved' ? { state: 'removed' as const } : {}),
            })
            .where('mailboxId', '=', own.mailboxId)
            .execute();
        }
      }
      for (const [mailboxId, named] of marked) {
        const events = named.has(null) ? null : await findOurEvents(tx, mailboxId, named as Set<string>);
        if (events?.length === 0) continue;
        await markMailbox(tx, tenantId, mailboxId, now, { events });
        isMarked = true;
      }
    });
  }
  if (isMarked) jobs.wake('reconcileSeries');
  if (counted > 0 && notices.some((notice) => notice.lifecycle !== null)) jobs.wake('renewSubscriptions');
  return counted;
}
