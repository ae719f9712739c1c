import * as z from 'zod';
import type { PersonId } from '../domain/people/person.ts';
import { guid, isGuid, literal, MAILBOX_HEADERS, query } from '../graph/paths.ts';
import type { GraphCall, GraphClient } from '../graph/types.ts';
import { describeResult, ok, problem, skipped, type Finding } from './finding.ts';
import { listMailboxes } from './list-mailboxes.ts';

/** Mailboxes that are tried until one refuses; so many people are hardly all participants. */
const MAILBOXES_TRIED = 200;
const BATCH = 20;
const withId = z.object({ id: z.string() });

/**
 * The scope is proved by a mailbox outside it: reading the id of a calendar must be refused, in the mailbox that is named, or
 * somewhere. Says too which level of rights was found: whether any calendar but the program mailbox's is open.
 */
export async function checkScope(
  client: GraphClient,
  programMailboxId: string | null,
  outsideMailbox: string | null,
): Promise<Finding[]> {
  const people = await listMailboxes(client, programMailboxId, MAILBOXES_TRIED);
  if (people === null) return [skipped('scope', 'directoryUnreadable'), skipped('level', 'directoryUnreadable')];
  const { refused, readable } = await tryCalendars(
    client,
    people.map(({ personId }) => personId),
  );
  const level = ok('level', readable > 0 ? 'levelFull' : 'levelBasic');
  if (outsideMailbox !== null) return [await checkNamed(client, outsideMailbox), level];
  if (refused > 0) return [ok('scope', 'outsideRefused'), level];
  if (readable === 0) return [skipped('scope', 'outsideSilent'), skipped('level', 'outsideSilent')];
  return [problem('scope', ['outsideOpen', { tried: readable }], 'limitScope'), level];
}

const calendarOf = (id: PersonId): GraphCall<z.infer<typeof withId>> => ({
  method: 'GET',
  path: `/users/${id}/calendar${query({ $select: 'id' })}`,
  headers: MAILBOX_HEADERS,
  reply: withId,
});

/** Until one is refused and one is readable, or none is left. */
async function tryCalendars(
  client: GraphClient,
  ids: readonly PersonId[],
): Promise<{ refused: number; readable: number }> {
  let [refused, readable] = [0, 0];
  for (let at = 0; at < ids.length && (refused === 0 || readable === 0); at += BATCH) {
    const results = await client.readBatch(ids.slice(at, at + BATCH).map(calendarOf));
    refused += results.filter((result) => result.outcome === 'refused' && result.status === 403).length;
    readable += results.filter(({ outcome }) => outcome === 'done').length;
  }
  return { refused, readable };
}

async function checkNamed(client: GraphClient, address: string): Promise<Finding> {
  const path = `/users${query({ $filter: `mail eq ${literal(address)}`, $select: 'id' })}`;
  const found = await client.read({ method: 'GET', path, reply: z.object({ value: z.array(withId) }) });
  if (found.outcome !== 'done') return skipped('scope', 'directoryUnreadable');
  const id = found.value.value[0]?.id;
  if (id === undefined || !isGuid(id)) return problem('scope', 'outsideNamedUnknown', 'setOutside');
  const result = await client.read(calendarOf(guid(id, 'id') as PersonId));
  if (result.outcome === 'done') return problem('scope', 'outsideNamedOpen', 'limitScope');
  return result.outcome === 'refused' && result.status === 403
    ? ok('scope', 'outsideRefused')
    : problem('scope', describeResult(result), 'setOutside');
}
