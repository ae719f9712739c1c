import { z } from 'zod';
import type { SandboxReply } from '../../../server/sandbox/http.ts';
import type { GraphCall, GraphClient } from '../../../server/graph/types.ts';
import { newId } from '../../make/person.ts';
import { runUntilDone } from './run-until-done.ts';
import type { FaultStage } from './stage.ts';

const EVENTS = 20;
/** A property of the test's own: these events belong to no pair. */
const PROPERTY = 'String {8ecd9a1f-3a43-4c0a-9a2e-8d2f6f0f7a9c} Name FaultTest';
const created = z.object({ id: z.string() });
const found = z.object({ value: z.array(created) });

/**
 * Creates twenty events in batches whose answers come shuffled, three of them not at all, one twice, two with an inner
 * 429. Whoever called does what the results say: `later` is sent again, `unknown` is looked up first. Gives what came
 * out wrong.
 */
export async function batchesAnsweredBadly(stage: FaultStage, client: GraphClient): Promise<string[]> {
  const path = `/users/${stage.mailboxId}/events`;
  const keys = Array.from({ length: EVENTS }, newId);
  const before = stage.calls.length;
  spoilBatches(stage, keys);
  let open = keys;
  const ids = new Map<string, string>();
  for (let round = 0; open.length > 0 && round < 5; round++) {
    const results = await runUntilDone(stage, client.writeBatch(open.map((key) => createCall(path, key))));
    const again: string[] = [];
    for (const [index, result] of results.entries()) {
      const key = open[index]!;
      if (result.outcome === 'done') ids.set(key, result.value.id);
      else if (result.outcome === 'later') again.push(key);
      else if (result.outcome === 'unknown') {
        await stage.pass(Math.max(0, result.notBefore - stage.clock.now()));
        const seen = await runUntilDone(stage, client.read(lookUpCall(path, key)));
        if (seen.outcome === 'done' && seen.value.value[0]) ids.set(key, seen.value.value[0].id);
        else again.push(key);
      }
    }
    await stage.pass(60_000);
    open = again;
  }
  return judge(stage, keys, ids, before);
}

function judge(stage: FaultStage, keys: readonly string[], ids: ReadonlyMap<string, string>, before: number): string[] {
  const standing = stage.sandbox.world.exchange.tagged('FaultTest').filter(({ tag }) => keys.includes(tag));
  const sent = stage.calls
    .slice(before)
    .filter(({ method, path }) => method === 'POST' && /\/events$/i.test(path))
    .map(({ body }) => keys.find((key) => body.includes(key))!);
  return [
    ...(standing.length === EVENTS ? [] : [`${standing.length} events`]),
    ...(keys.every((key) => standing.some(({ tag, eventId }) => tag === key && eventId === ids.get(key)))
      ? []
      : ['lost outcome']),
    ...(sent.length === EVENTS + 2 ? [] : [`${sent.length} creates sent`]),
  ];
}

/** Of all answers: every third shuffled place, three lost, one twice; two creates are throttled inside. */
function spoilBatches(stage: FaultStage, keys: readonly string[]): void {
  const lost = new Set(['1', '2', '3'].map((nth) => keys[4 * Number(nth)]!));
  for (const key of [keys[1]!, keys[10]!]) {
    stage.fault({
      match: { method: 'POST', path: /\/events$/i, body: new RegExp(key) },
      fault: { kind: 'status', status: 429, when: 'before', retryAfterSeconds: 3 },
      times: 1,
    });
  }
  const spoil = (real: SandboxReply | null): SandboxReply => {
    const { responses } = real!.body as { responses: { id: string; body?: { transactionId?: string } }[] };
    const kept = responses.filter(({ body }) => !lost.delete(body?.transactionId ?? ''));
    const [first] = kept;
    return { ...real!, body: { responses: [...kept.slice(1).reverse(), ...(first ? [first, first] : [])] } };
  };
  stage.fault({ match: { path: /\/\$batch$/i }, fault: { kind: 'reply', when: 'after', reply: spoil } });
}

const createCall = (path: string, key: string): GraphCall<{ id: string }> => ({
  method: 'POST',
  path,
  headers: { Prefer: 'IdType="ImmutableId"' },
  body: {
    subject: 'A test',
    start: { dateTime: '2026-10-20T09:00:00', timeZone: 'UTC' },
    end: { dateTime: '2026-10-20T09:30:00', timeZone: 'UTC' },
    transactionId: key,
    singleValueExtendedProperties: [{ id: PROPERTY, value: key }],
  },
  reply: created,
});

const lookUpCall = (path: string, key: string): GraphCall<z.infer<typeof found>> => {
  const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${PROPERTY}' and ep/value eq '${key}')`;
  return {
    method: 'GET',
    path: `${path}?$filter=${encodeURIComponent(filter)}&$select=id`,
    headers: { Prefer: 'IdType="ImmutableId"' },
    reply: found,
  };
};
