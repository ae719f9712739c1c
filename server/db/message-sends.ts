import { sql } from 'kysely';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import {
  earliestSend,
  latestArrivals,
  LONGEST_SEND,
  TENANT_RATES,
  THREAD_RATES,
  type Rate,
  type Send,
} from '../domain/sessions/send-rates.ts';
import { HOUR, plus, type Instant } from '../domain/time/instant.ts';
import { takeDueMessages, type MessageRow } from './messages.ts';
import { anyOf, at, type TenantTransaction } from './schema.ts';

/** The longest window of a tenant's rates. */
const TENANT_WINDOW = Math.max(...TENANT_RATES.map(({ within }) => within));
/** So many places have to be free before it is worth looking for what to send: each look costs as much as a card. */
const WORTH_A_LOOK = 2;

/**
 * Claims the messages that may be sent now: those that are due, oldest first, as far as the rates of the tenant and of each
 * chat leave places, which are taken. What its chat's rates keep back is due when they leave a place; it is no attempt.
 */
export async function claimWithinRates(
  tx: TenantTransaction,
  tenantId: TenantId,
  now: Instant,
): Promise<{ claimed: MessageRow[]; places: number }> {
  // Two workers who both count before either records would together send more than Teams takes.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`outbox:${tenantId}`}, 0))`.execute(tx);
  const places = countPlaces(await readTenantSends(tx, now), now);
  if (places === 0) return { claimed: [], places };
  const claimed = await takeDueMessages(tx, now, places, async (due) => {
    const ofThreads = await readThreadSends(tx, now, [...new Set(due.map(({ personId }) => personId))]);
    const go: MessageRow[] = [];
    for (const message of due) {
      const history = ofThreads.get(message.personId) ?? [];
      const free = earliestSend(latestArrivals(history, now), now, THREAD_RATES);
      if (free > now) {
        await tx
          .updateTable('messages')
          .set({ notBefore: at(free) })
          .where('messageId', '=', message.messageId)
          .execute();
        continue;
      }
      ofThreads.set(message.personId, [...history, { sentAt: now, answeredAt: null }]);
      go.push(message);
    }
    if (go.length > 0)
      await tx
        .insertInto('messageSends')
        // The claim raises the fence.
        .values(go.map(({ messageId, fence }) => ({ tenantId, messageId, fence: fence + 1, sentAt: at(now) })))
        .execute();
    return go;
  });
  return { claimed, places };
}

/** Which attempt at which message a place is for. */
type Place = Pick<MessageRow, 'messageId' | 'fence'>;

/** Gives back the place of a claimed message that was not sent. */
export async function returnPlace(tx: TenantTransaction, { messageId, fence }: Place): Promise<void> {
  await tx.deleteFrom('messageSends').where('messageId', '=', messageId).where('fence', '=', fence).execute();
}

/** Notes that a message for which a place was taken is sent now: it may have waited for another one to the same person. */
export const noteStarted = (tx: TenantTransaction, place: Place, now: Instant): Promise<void> =>
  note(tx, place, { sentAt: at(now) });

/** Notes that a send was answered, or given up: from now on its place grows old. */
export const noteAnswered = (tx: TenantTransaction, place: Place, now: Instant): Promise<void> =>
  note(tx, place, { answeredAt: at(now) });

async function note(
  tx: TenantTransaction,
  { messageId, fence }: Place,
  times: Partial<Record<'sentAt' | 'answeredAt', ReturnType<typeof at>>>,
): Promise<void> {
  await tx
    .updateTable('messageSends')
    .set(times)
    .where('messageId', '=', messageId)
    .where('fence', '=', fence)
    .execute();
}

/** Forgets sends that count in no window any more. */
export async function forgetOldSends(tx: TenantTransaction, now: Instant): Promise<void> {
  await tx
    .deleteFrom('messageSends')
    .where('sentAt', '<', at(plus(now, -HOUR - LONGEST_SEND)))
    .execute();
}

/** From when on the tenant's rates leave places that are worth a look. */
export async function placesFrom(tx: TenantTransaction, now: Instant): Promise<Instant> {
  const fewer = TENANT_RATES.map(({ most, within }): Rate => ({ most: most - WORTH_A_LOOK + 1, within }));
  return earliestSend(latestArrivals(await readTenantSends(tx, now), now), now, fewer);
}

function countPlaces(sends: readonly Send[], now: Instant): number {
  const arrivals = latestArrivals(sends, now);
  let places = 0;
  while (earliestSend([...arrivals, ...Array<Instant>(places).fill(now)], now, TENANT_RATES) === now) places++;
  return places;
}

function readTenantSends(tx: TenantTransaction, now: Instant): Promise<Send[]> {
  return tx
    .selectFrom('messageSends')
    .select(['sentAt', 'answeredAt'])
    .where('sentAt', '>', at(plus(now, -TENANT_WINDOW - LONGEST_SEND)))
    .where((eb) => eb.or([eb('answeredAt', 'is', null), eb('answeredAt', '>', at(plus(now, -TENANT_WINDOW)))]))
    .execute();
}

/** What each person's chat was sent. */
async function readThreadSends(
  tx: TenantTransaction,
  now: Instant,
  people: readonly PersonId[],
): Promise<Map<PersonId, Send[]>> {
  const rows = await tx
    .selectFrom('messageSends')
    .innerJoin('messages', 'messages.messageId', 'messageSends.messageId')
    .select(['messages.personId', 'messageSends.sentAt', 'messageSends.answeredAt'])
    .where('messages.personId', '=', anyOf(people))
    .where('messageSends.sentAt', '>', at(plus(now, -HOUR - LONGEST_SEND)))
    .execute();
  const byPerson = new Map<PersonId, Send[]>();
  for (const { personId, sentAt, answeredAt } of rows) {
    const own = byPerson.get(personId);
    if (own) own.push({ sentAt, answeredAt });
    else byPerson.set(personId, [{ sentAt, answeredAt }]);
  }
  return byPerson;
}
