import type { ExpressionBuilder } from 'kysely';
import { at, type Schema, type TenantTransaction } from '../../db/schema.ts';
import { selectOfferDue } from '../../db/session-offers.ts';
import { selectTenant, type TenantRow } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { selectPairsDue } from './look-after-pairs.ts';
import { loadTakenSessions } from './offer-again.ts';
import { loadNotHeldSessions, selectNotHeld } from './offer-not-held.ts';
import { isSomebodyUnwatched } from './renew-subscriptions.ts';

/** A mailbox whose turn it is; `markedAt`: when a notification last told of it. */
export interface DueMailbox {
  mailboxId: PersonId;
  markedAt: Instant | null;
  /** The events that notifications named; null: anything may have changed. */
  markedEvents: string[] | null;
  readAt: Instant | null;
  calendarsReadAt: Instant | null;
  dueAt: Instant;
  /** Graph notifies us of what happens in it. */
  isWatched: boolean;
}

/** What one round has to do. */
export interface Round {
  tenant: TenantRow & { calendarRights: 'basic' | 'full' };
  mailboxes: DueMailbox[];
  isUnwatched: boolean;
  /** Sessions whose chosen time was taken before it could be written. */
  taken: string[];
  /** Sessions that did not take place, and for which nobody was offered another time yet. */
  notHeld: string[];
  areMarksOfPeople: boolean;
  areOffersDue: boolean;
  arePairsDue: boolean;
}

/** Finds it with few questions: most rounds have little to do, and there are many. */
export async function loadRound(tx: TenantTransaction, tenantId: TenantId, now: Instant): Promise<Round> {
  await markNewOrganizers(tx, tenantId, now);
  const mailboxes = await loadDueMailboxes(tx, now);
  const { offerDue, pairsDue, areMarksOfPeople, arePairs, areNotHeld, ...tenant } = await selectTenant(tx)
    .select('calendarRights')
    .select((eb) => [
      selectOfferDue(tx).as('offerDue'),
      selectPairsDue(tx).as('pairsDue'),
      eb.exists(selectNotHeld(tx, now)).as('areNotHeld'),
      eb
        .exists(
          eb
            .selectFrom('mailboxMarks')
            .select('mailboxMarks.mailboxId')
            .where((marks) => marks.not(isOrganizer(marks))),
        )
        .as('areMarksOfPeople'),
      eb.exists(eb.selectFrom('pairs').select('pairs.pairId')).as('arePairs'),
    ])
    .executeTakeFirstOrThrow();
  return {
    tenant,
    mailboxes,
    isUnwatched: await isSomebodyUnwatched(tx),
    taken: await loadTakenSessions(tx, now),
    notHeld: areNotHeld ? await loadNotHeldSessions(tx, now) : [],
    areMarksOfPeople: areMarksOfPeople === true,
    areOffersDue: offerDue !== null && offerDue <= now,
    arePairsDue: pairsDue === null ? arePairs === true : pairsDue <= now,
  };
}

/** When there is something to do again, or null. */
export async function nextRoundDue(tx: TenantTransaction): Promise<Instant | null> {
  const dues = await tx
    .selectFrom('tenants')
    .select((eb) => [
      eb
        .selectFrom('mailboxMarks')
        .select((marks) => marks.fn.min<Instant | null>('mailboxMarks.dueAt').as('due'))
        .as('read'),
      selectOfferDue(tx).as('offer'),
      selectPairsDue(tx).as('pairs'),
    ])
    .executeTakeFirstOrThrow();
  const known = [dues.read, dues.offer, dues.pairs].filter((due) => due !== null);
  return known.length === 0 ? null : (Math.min(...known) as Instant);
}

/** Whoever has a confirmed series in their mailbox is read from now on. */
async function markNewOrganizers(tx: TenantTransaction, tenantId: TenantId, now: Instant): Promise<void> {
  const organizers = await tx
    .selectFrom('series')
    .select('organizerId')
    .distinct()
    .where('state', '=', 'confirmed')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('mailboxMarks')
            .select('mailboxMarks.mailboxId')
            .whereRef('mailboxMarks.mailboxId', '=', 'series.organizerId'),
        ),
      ),
    )
    .orderBy('organizerId')
    .execute();
  for (const { organizerId } of organizers) {
    await tx
      .insertInto('mailboxMarks')
      .values({ tenantId, mailboxId: organizerId, dueAt: at(now) })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
}

async function loadDueMailboxes(tx: TenantTransaction, now: Instant): Promise<DueMailbox[]> {
  const rows = await tx
    .selectFrom('mailboxMarks')
    .leftJoin('subscriptions', 'subscriptions.mailboxId', 'mailboxMarks.mailboxId')
    .select([
      'mailboxMarks.mailboxId',
      'mailboxMarks.markedAt',
      'mailboxMarks.markedEvents',
      'mailboxMarks.readAt',
      'mailboxMarks.calendarsReadAt',
      'mailboxMarks.dueAt',
      'subscriptions.state',
    ])
    .where((eb) => eb.or([eb('mailboxMarks.dueAt', '<=', at(now)), eb('mailboxMarks.markedAt', 'is not', null)]))
    .where(isOrganizer)
    .orderBy('mailboxMarks.mailboxId')
    .execute();
  return rows.map(({ state, markedEvents, ...mailbox }) => ({
    ...mailbox,
    markedEvents: markedEvents && Object.keys(markedEvents).sort(),
    isWatched: state === 'active',
  }));
}

/** Whether the mailbox of a mark holds a series. */
export const isOrganizer = (eb: ExpressionBuilder<Schema, 'mailboxMarks'>) =>
  eb.exists(
    eb
      .selectFrom('series')
      .select('series.seriesId')
      .whereRef('series.organizerId', '=', 'mailboxMarks.mailboxId')
      .where('series.state', '=', 'confirmed'),
  );
