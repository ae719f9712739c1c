import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Config } from '../config.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { DAY, HOUR, plus, toIso } from '../domain/time/instant.ts';
import { createGraphClient } from '../graph/client.ts';
import { guid, isGuid, literal, MAILBOX_HEADERS, opaqueId, query } from '../graph/paths.ts';
import { nothing, schedules, type ScheduleReply } from '../graph/replies.ts';
import type { GraphClient } from '../graph/types.ts';
import { toIanaZone } from '../graph/zones.ts';
import type { Clock, ReadResult, WriteResult } from '../ports.ts';
import { listMailboxes } from './list-mailboxes.ts';

/** One thing that Microsoft's documents leave open and that the product relies on, as it was found in this tenant. */
export interface Probe {
  question: string;
  expected: string;
  observed: string;
  isExpected: boolean;
}

/** Only what app 2 and the program mailbox need. */
type ProbedConfig = Pick<Config, 'graphUrl' | 'loginUrl' | 'graphClientId' | 'graphCredential' | 'programMailbox'>;

interface Ground {
  client: GraphClient;
  mailboxId: PersonId;
  address: string;
  colleague: { personId: PersonId; address: string };
}
type Look = (ground: Ground) => Promise<Omit<Probe, 'question' | 'expected'>>;

/** Names that series are written with, one for each language of the product. */
const WRITTEN_ZONES = [
  'W. Europe Standard Time',
  'Central European Standard Time',
  'FLE Standard Time',
  'E. South America Standard Time',
  'GMT Standard Time',
];
const NOBODY = 'inverso-probe-nobody';
/** Far enough to be in nobody's way; it is deleted at once. */
const PROBE_EVENT_AFTER = 300 * DAY;
const withId = z.object({ id: z.string() });
const zoneNames = z.array(z.object({ alias: z.string() }));

/** Each question with the answer that the code is written for. */
const PROBES: readonly { question: string; expected: string; look: Look }[] = [
  {
    question: 'getSchedule of an address that nobody has',
    expected: 'an error at that address alone',
    look: async (ground) => {
      const unknown = `${NOBODY}@${ground.address.split('@')[1]}`;
      const [own, other] = await askSchedules(ground, [ground.address, unknown]);
      const code = other?.error?.responseCode ?? null;
      return {
        observed: other === undefined ? 'no answer' : `error ${code ?? 'none'}`,
        isExpected: own !== undefined && !own.error && Boolean(other?.error),
      };
    },
  },
  {
    question: 'getSchedule of a colleague through the program mailbox',
    expected: 'answered, with one digit from 0 to 4 for each interval',
    look: async (ground) => {
      const [reply] = await askSchedules(ground, [ground.colleague.address]);
      const view = reply?.availabilityView ?? '';
      return {
        observed: reply?.error ? `error ${reply.error.responseCode}` : view.replace(/[0-4]/g, '#'),
        isExpected: /^[0-4]{24}$/.test(view),
      };
    },
  },
  {
    question: 'working hours of a colleague in getSchedule',
    expected: 'given, in a time zone that we know',
    look: async (ground) => {
      const [reply] = await askSchedules(ground, [ground.colleague.address]);
      const zone = reply?.workingHours?.timeZone?.name ?? null;
      return { observed: zone ?? 'not given', isExpected: zone !== null && toIanaZone(zone) !== null };
    },
  },
  {
    question: "Windows' names of time zones in supportedTimeZones",
    expected: 'all that series are written with',
    look: async ({ client, mailboxId }) => {
      const path = `/users/${mailboxId}/outlook/supportedTimeZones`;
      const result = await client.read({ method: 'GET', path, reply: z.object({ value: zoneNames }) });
      if (result.outcome !== 'done') return { observed: describe(result), isExpected: false };
      const names = result.value.value.map(({ alias }) => alias);
      const missing = WRITTEN_ZONES.filter((name) => !names.includes(name));
      return {
        observed: missing.length === 0 ? 'all' : `without ${missing.join(', ')}`,
        isExpected: missing.length === 0,
      };
    },
  },
  {
    question: 'pages of 999 people',
    expected: 'accepted',
    look: async ({ client }) => {
      const path = `/users${query({ $select: 'id', $top: 999 })}`;
      const result = await client.read({ method: 'GET', path, reply: z.object({ value: z.array(withId) }) });
      return { observed: describe(result), isExpected: result.outcome === 'done' };
    },
  },
  {
    question: 'the same transactionId for a second event',
    expected: 'ErrorDuplicateTransactionId, or the first event again',
    look: probeTransaction,
  },
];

/**
 * Asks the tenant what the documents leave open, one call after the other. Writes one event without attendees into the
 * program mailbox and deletes it; nothing else is changed. Null where app 2 or the program mailbox cannot be used: `check` says
 * why.
 */
export async function runProbes(config: ProbedConfig, tenantId: TenantId, clock: Clock): Promise<Probe[] | null> {
  const client = createGraphClient({
    clock,
    graphUrl: config.graphUrl,
    loginUrl: config.loginUrl,
    tenantId,
    clientId: config.graphClientId,
    credential: config.graphCredential,
    readRepeats: 1,
    log: { debug: () => undefined, warn: () => undefined },
  });
  const path = `/users${query({ $filter: `mail eq ${literal(config.programMailbox)}`, $select: 'id' })}`;
  const found = await client.read({ method: 'GET', path, reply: z.object({ value: z.array(withId) }) });
  const id = found.outcome === 'done' ? found.value.value[0]?.id : undefined;
  if (id === undefined || !isGuid(id)) return null;
  const mailboxId = guid(id, 'id') as PersonId;
  const [colleague] = (await listMailboxes(client, id.toLowerCase(), 1)) ?? [];
  if (colleague === undefined) return null;
  const ground: Ground = { client, mailboxId, address: config.programMailbox, colleague };
  const probes: Probe[] = [];
  for (const { question, expected, look } of PROBES) probes.push({ question, expected, ...(await look(ground)) });
  return probes;
}

/** One day from now on, in intervals of an hour. In the order of the addresses; undefined where there is no answer. */
async function askSchedules(
  { client, mailboxId }: Ground,
  addresses: readonly string[],
): Promise<(ScheduleReply | undefined)[]> {
  const utc = (at: number) => ({ dateTime: toIso(at as never).slice(0, 19), timeZone: 'UTC' });
  const now = client.now();
  const result = await client.read({
    method: 'POST',
    path: `/users/${mailboxId}/calendar/getSchedule`,
    headers: MAILBOX_HEADERS,
    body: {
      schedules: addresses,
      startTime: utc(now),
      endTime: utc(plus(now, DAY)),
      availabilityViewInterval: HOUR / 60_000,
    },
    reply: schedules,
  });
  const replies = result.outcome === 'done' ? result.value.value : [];
  return addresses.map((address) =>
    replies.find(({ scheduleId }) => scheduleId.toLowerCase() === address.toLowerCase()),
  );
}

async function probeTransaction({ client, mailboxId }: Ground): Promise<Omit<Probe, 'question' | 'expected'>> {
  const starts = plus(client.now(), PROBE_EVENT_AFTER);
  const utc = (at: number) => ({ dateTime: toIso(at as never).slice(0, 19), timeZone: 'UTC' });
  const call = {
    method: 'POST' as const,
    path: `/users/${mailboxId}/events`,
    headers: MAILBOX_HEADERS,
    body: {
      subject: 'Inverso',
      start: utc(starts),
      end: utc(plus(starts, HOUR)),
      showAs: 'free',
      transactionId: randomUUID(),
    },
    reply: withId,
  };
  const first = await client.write(call);
  if (first.outcome !== 'done') return { observed: `the first: ${describe(first)}`, isExpected: false };
  const second = await client.write(call);
  const ids = new Set([first.value.id, ...(second.outcome === 'done' ? [second.value.id] : [])]);
  for (const id of ids)
    await client.write({ method: 'DELETE', path: `/users/${mailboxId}/events/${opaqueId(id, 'id')}`, reply: nothing });
  const isSame = second.outcome === 'done' && ids.size === 1;
  const isRefused = second.outcome === 'refused' && second.code === 'ErrorDuplicateTransactionId';
  return { observed: isSame ? 'the first event again' : describe(second), isExpected: isSame || isRefused };
}

function describe(result: ReadResult<unknown> | WriteResult<unknown>): string {
  if (result.outcome === 'done') return 'accepted';
  return result.outcome === 'refused' ? `${result.status} ${result.code}` : `no answer (${result.code})`;
}
