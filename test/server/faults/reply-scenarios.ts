import { MINUTE, SECOND } from './units.ts';
import { judgeBooking, calledEarly } from './judge-booking.ts';
import { meetCreates, meetCreatesWith, throttled } from './meet-creates.ts';
import type { FaultStage } from './stage.ts';

/** Lets something happen to one booking and says what came out wrong; empty: nothing. */
export type Scenario = (stage: FaultStage) => Promise<string[]>;

/** Keys are forgotten at once, so that only reading protects; Microsoft does not say how long they are remembered. */
async function bookThrough(stage: FaultStage, cause: () => void, minutes = 10): Promise<string[]> {
  stage.sandbox.exchange.rememberTransactions(0);
  const made = await stage.propose();
  cause();
  await stage.agree(made);
  await stage.pass(minutes * MINUTE);
  stage.sandbox.faults.clear();
  return judgeBooking(stage, made.pairId);
}

/** Graph wants two seconds before the create; nothing was created. */
export const throttledOnCreate: Scenario = async (stage) => {
  const wrong = await bookThrough(stage, () => meetCreates(stage, throttled('2')));
  return [...wrong, ...calledEarly(stage, stage.mailboxId, 2).map(() => 'called early')];
};

/** Graph wants five minutes, more than the library waits. */
export const throttledForLong: Scenario = async (stage) => {
  const wrong = await bookThrough(stage, () => meetCreates(stage, throttled('300')), 12);
  return [...wrong, ...calledEarly(stage, stage.mailboxId, 300).map(() => 'called early')];
};

/** Graph says 429, but has created the event. */
export const throttledAfterCreate: Scenario = (stage) =>
  bookThrough(stage, () => meetCreates(stage, { kind: 'status', status: 429, when: 'after', retryAfterSeconds: 5 }));

/** A gateway gives up while Graph creates the event; it would do so three times in a row. */
export const gatewayTimeout: Scenario = (stage) =>
  bookThrough(stage, () =>
    meetCreates(stage, { kind: 'status', status: 504, when: 'after', retryAfterSeconds: null }, 3),
  );

/** The connection ends after the event was created: reset, or never an answer. */
export const connectionLost =
  (how: 'reset' | 'silence'): Scenario =>
  (stage) =>
    bookThrough(stage, () =>
      meetCreates(
        stage,
        how === 'reset' ? { kind: 'reset', when: 'after' } : { kind: 'delay', milliseconds: 60 * SECOND },
      ),
    );

/** The answer to the create cannot be read: its body ends in the middle. */
export const answerCut: Scenario = (stage) => bookThrough(stage, () => meetCreates(stage, { kind: 'truncate' }));

/** What proxies make of an answer: a page, another type, nothing. */
export const SPOILED = {
  'a page of a proxy': {
    headers: { 'content-type': 'text/html' },
    body: '<!DOCTYPE html><html><body>Please sign in to the network.</body></html>',
  },
  'another content type': { headers: { 'content-type': 'application/octet-stream' }, body: '{"id":"AAMk' },
  'an empty body': { headers: { 'content-type': 'application/json' }, body: '' },
} as const;

export const answerSpoiled =
  (how: keyof typeof SPOILED): Scenario =>
  (stage) =>
    bookThrough(stage, () => meetCreatesWith(stage, () => ({ status: 201, ...SPOILED[how] })));

/** The event was created, but the mailbox does not show it for a minute. */
export const readsLateAfterWrite: Scenario = (stage) =>
  bookThrough(stage, () => {
    let createdAt: number | null = null;
    meetCreates(stage, { kind: 'status', status: 504, when: 'after', retryAfterSeconds: null });
    stage.sandbox.faults.watch(({ method, path }, part, fault) => {
      if (part === 'graph' && method === 'POST' && /\/events$/i.test(path) && fault) createdAt ??= stage.clock.now();
    });
    stage.fault({
      match: { method: 'GET', path: /\/events$/i, query: /InversoSeries/, part: 'graph' },
      fault: {
        kind: 'reply',
        when: 'after',
        reply: (real) => {
          const isLate = createdAt !== null && stage.clock.now() < createdAt + MINUTE;
          return isLate ? { ...real!, body: { ...(real!.body as object), value: [] } } : real!;
        },
      },
    });
  });
