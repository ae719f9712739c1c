import { creates, lookUps, type SeenCall } from './record-calls.ts';
import type { FaultStage } from './stage.ts';

/**
 * What is wrong with the booking of a pair, in words; empty when it is as it should be: one living event and one invitation each,
 * known to the database, every create under the same key, and none after the first without a look by tag before it (R2).
 */
export async function judgeBooking(stage: FaultStage, pairId: string): Promise<string[]> {
  const wrong: string[] = [];
  const { series, pairs, openWrites } = await stage.records();
  const own = series.filter((one) => one.pairId === pairId);
  const [booked] = own;
  if (own.length !== 1 || !booked) return [`${own.length} series in the database`];
  const events = await stage.eventsOf(pairId);
  if (events.length !== 1) wrong.push(`${events.length} events`);
  if (booked.state !== 'confirmed' || !events.some(({ eventId }) => eventId === booked.eventId))
    wrong.push('lost outcome');
  if (openWrites > 0) wrong.push('an open write');
  const pair = pairs.find((one) => one.pairId === pairId)!;
  for (const personId of [pair.menteeId, pair.mentorId]) {
    const invitations = stage.sandbox.world.exchange.mailsOf(personId).filter(({ kind }) => kind === 'invitation');
    if (invitations.length !== 1) wrong.push(`${invitations.length} invitations`);
  }
  return [...wrong, ...judgeCreates(stage.calls, booked.key)];
}

/** Whether a create was sent blind, or under another key than the series has. */
export function judgeCreates(calls: readonly SeenCall[], key: string): string[] {
  const wrong: string[] = [];
  let sentAt: number | null = null;
  for (const create of creates(calls, key)) {
    const looked = lookUps(calls, key).some(({ at }) => sentAt !== null && at >= sentAt && at <= create.at);
    if (sentAt !== null && !looked) wrong.push('created again blind');
    sentAt = create.at;
    const { transactionId } = JSON.parse(create.body) as { transactionId?: string };
    if (transactionId !== key) wrong.push('another key');
  }
  return wrong;
}

/** Requests to a mailbox in the time in which Graph asked to be left alone: from the last 429, as long as it said. */
export function calledEarly(stage: FaultStage, mailboxId: string, seconds: number): SeenCall[] {
  const own = stage.calls.filter(({ path }) => path.startsWith(`/users/${mailboxId}/`));
  const refused = own.findLast(({ fault }) => fault !== null);
  if (!refused) throw new Error('no request was met by a fault');
  return own.filter(({ at }) => at > refused.at && at < refused.at + seconds * 1_000);
}
