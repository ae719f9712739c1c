import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Config } from '../../config.ts';
import type { PersonId } from '../../domain/people/person.ts';
import { DAY, HOUR, plus } from '../../domain/time/instant.ts';
import { createCalendar } from '../../graph/calendar.ts';
import { guid, MAILBOX_HEADERS, query } from '../../graph/paths.ts';
import { nothing } from '../../graph/replies.ts';
import type { GraphClient } from '../../graph/types.ts';
import type { Calendar } from '../../ports.ts';
import { describeResult, ok, problem, type Finding } from './finding.ts';

const WRITE_ROLE =
  'Assign the Exchange role "Application Calendars.ReadWrite" to app 2 for the program mailbox (New-ManagementRoleAssignment).';

/** What the program mailbox allows: Teams meetings, asking for free and busy times through it, watching it. */
export async function checkProgramMailbox(client: GraphClient, config: Config, id: PersonId): Promise<Finding[]> {
  const calendar = createCalendar(client, {
    notificationUrl: `${config.publicUrl}/graph/notifications`,
    lifecycleUrl: `${config.publicUrl}/graph/lifecycle`,
  });
  return [
    await checkMeetings(client, id),
    await checkFreeBusy(client, calendar, id, config.programMailbox),
    await checkSubscriptions(client, calendar, id),
  ];
}

async function checkMeetings(client: GraphClient, id: PersonId): Promise<Finding> {
  const name = 'Teams meetings';
  const path = `/users/${guid(id, 'id')}/calendar${query({ $select: 'allowedOnlineMeetingProviders' })}`;
  const reply = z.object({ allowedOnlineMeetingProviders: z.array(z.string()).nullish() });
  const result = await client.read({ method: 'GET', path, headers: MAILBOX_HEADERS, reply });
  if (result.outcome !== 'done') return problem(name, describeResult(result), WRITE_ROLE);
  return result.value.allowedOnlineMeetingProviders?.includes('teamsForBusiness')
    ? ok(name, 'the program mailbox may hold them')
    : problem(name, 'the program mailbox may not hold them', 'Give its user a license with Teams.');
}

async function checkFreeBusy(client: GraphClient, calendar: Calendar, id: PersonId, address: string): Promise<Finding> {
  const name = 'free and busy';
  const now = client.now();
  const busy = await calendar.readBusy(client.tenantId, id, [{ personId: id, address }], now, plus(now, DAY));
  if (busy.outcome !== 'done') return problem(name, describeResult(busy), WRITE_ROLE);
  return busy.value.get(id)?.readable
    ? ok(name, 'can be asked through the program mailbox')
    : problem(name, 'the program mailbox gives none', 'Look at its license and its calendar.');
}

async function checkSubscriptions(client: GraphClient, calendar: Calendar, id: PersonId): Promise<Finding> {
  const name = 'subscriptions';
  const secret = randomBytes(24).toString('base64url');
  const made = await calendar.subscribe(client.tenantId, id, secret, plus(client.now(), HOUR));
  if (made.outcome === 'done') {
    const path = `/subscriptions/${guid(made.value.subscriptionId, 'subscriptionId')}`;
    await client.write({ method: 'DELETE', path, reply: nothing });
    return ok(name, 'changes of calendars are told');
  }
  // An app may watch a mailbox only once under one address, and so the running server does.
  if (made.outcome === 'refused' && made.status === 409) return ok(name, 'changes of calendars are told already');
  const found = `${describeResult(made)}; calendars are polled instead`;
  if (made.outcome === 'refused' && made.reason === 'forbidden') return problem(name, found, WRITE_ROLE);
  return problem(name, found, 'The server must run, and be reached from the internet under INVERSO_PUBLIC_URL.');
}
