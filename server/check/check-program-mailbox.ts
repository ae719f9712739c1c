import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Config } from '../config.ts';
import type { PersonId } from '../domain/people/person.ts';
import { DAY, HOUR, plus } from '../domain/time/instant.ts';
import { createCalendar } from '../graph/calendar.ts';
import { guid, MAILBOX_HEADERS, query } from '../graph/paths.ts';
import { nothing } from '../graph/replies.ts';
import type { GraphClient } from '../graph/types.ts';
import type { Calendar } from '../ports.ts';
import { describeResult, ok, problem, skipped, type Finding, type FoundKey, type Values } from './finding.ts';
import { listMailboxes } from './list-mailboxes.ts';

/** So many other people are asked for: enough to see whether the organization shows when people are busy. */
const PEOPLE_ASKED = 10;

/** What the program mailbox allows: Teams meetings, asking for free and busy times through it, watching it. */
export async function checkProgramMailbox(client: GraphClient, config: Config, id: PersonId): Promise<Finding[]> {
  const calendar = createCalendar(client, {
    notificationUrl: `${config.publicUrl}/graph/notifications`,
    lifecycleUrl: `${config.publicUrl}/graph/lifecycle`,
  });
  return [
    await checkMeetings(client, id),
    await checkFreeBusy(client, calendar, id, config.programMailbox),
    await checkOthers(client, calendar, id),
    await checkSubscriptions(client, calendar, id),
  ];
}

async function checkMeetings(client: GraphClient, id: PersonId): Promise<Finding> {
  const name = 'teamsMeetings';
  const path = `/users/${guid(id, 'id')}/calendar${query({ $select: 'allowedOnlineMeetingProviders' })}`;
  const reply = z.object({ allowedOnlineMeetingProviders: z.array(z.string()).nullish() });
  const result = await client.read({ method: 'GET', path, headers: MAILBOX_HEADERS, reply });
  if (result.outcome !== 'done') return problem(name, describeResult(result), 'writeRole');
  return result.value.allowedOnlineMeetingProviders?.includes('teamsForBusiness')
    ? ok(name, 'meetingsAllowed')
    : problem(name, 'meetingsForbidden', 'teamsLicense');
}

async function checkFreeBusy(client: GraphClient, calendar: Calendar, id: PersonId, address: string): Promise<Finding> {
  const name = 'freeBusy';
  const now = client.now();
  const busy = await calendar.readBusy(client.tenantId, id, [{ personId: id, address }], now, plus(now, DAY));
  if (busy.outcome !== 'done') return problem(name, describeResult(busy), 'writeRole');
  return busy.value.get(id)?.readable ? ok(name, 'freeBusyWorks') : problem(name, 'freeBusyEmpty', 'lookAtLicense');
}

/** With basic rights everything hangs on this: the program mailbox is told when others are busy, as any colleague is. */
async function checkOthers(client: GraphClient, calendar: Calendar, id: PersonId): Promise<Finding> {
  const name = 'freeBusyOfOthers';
  const people = await listMailboxes(client, id, PEOPLE_ASKED);
  if (people === null) return skipped(name, 'directoryUnreadable');
  if (people.length === 0) return skipped(name, 'outsideSilent');
  const now = client.now();
  const busy = await calendar.readBusy(client.tenantId, id, people, now, plus(now, DAY));
  if (busy.outcome !== 'done') return problem(name, describeResult(busy), 'writeRole');
  const hidden = people.filter(({ personId }) => !busy.value.get(personId)?.readable).length;
  return hidden < people.length
    ? ok(name, 'othersTold')
    : problem(name, ['othersHidden', { hidden, asked: people.length }], 'shareFreeBusy');
}

async function checkSubscriptions(client: GraphClient, calendar: Calendar, id: PersonId): Promise<Finding> {
  const name = 'subscriptions';
  const secret = randomBytes(24).toString('base64url');
  const made = await calendar.subscribe(client.tenantId, id, secret, plus(client.now(), HOUR));
  if (made.outcome === 'done') {
    const path = `/subscriptions/${guid(made.value.subscriptionId, 'subscriptionId')}`;
    await client.write({ method: 'DELETE', path, reply: nothing });
    return ok(name, 'watched');
  }
  // An app may watch a mailbox only once under one address, and so the running server does.
  if (made.outcome === 'refused' && made.status === 409) return ok(name, 'watchedAlready');
  const found: [FoundKey, Values] =
    made.outcome === 'refused'
      ? ['polledAfter', { status: made.status, code: made.code }]
      : ['polledSilent', { code: made.code }];
  const isForbidden = made.outcome === 'refused' && made.reason === 'forbidden';
  return problem(name, found, isForbidden ? 'writeRole' : 'beReached');
}
