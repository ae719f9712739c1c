import type { World } from '../world.ts';
import type { Faults } from './faults.ts';
import { DEADLINE_MILLISECONDS } from './create-faults.ts';

/** Real time after which a silent receiver counts as gone, so that nothing hangs for ever. */
const REAL_LIMIT_MILLISECONDS = 30_000;

/** What came back. Status 0: no answer (dropped, reset, refused, timed out). */
export interface Delivered {
  status: number;
  contentType: string;
  body: string;
}

/** One POST from the sandbox to the product. */
export interface Delivery {
  headers?: Record<string, string>;
  body: string;
  /** Which faults may meet it; null: none (handshakes, install events). */
  part: 'notification' | 'invoke' | null;
}

const NO_ANSWER: Delivered = { status: 0, contentType: '', body: '' };

/** Where a public address of the product is on this machine: `https://<public host>` becomes its loopback origin. */
function reachable(world: World, url: string): string | null {
  const { publicHost, loopbackOrigin } = world.product;
  const target = new URL(url);
  if (publicHost !== null && loopbackOrigin !== null && target.protocol === 'https:' && target.host === publicHost) {
    return loopbackOrigin + target.pathname + target.search;
  }
  // The sandbox speaks to this machine alone, whatever a subscription names.
  return ['127.0.0.1', 'localhost', '[::1]'].includes(target.hostname) ? url : null;
}

async function post(url: string, { headers, body }: Delivery): Promise<Delivered> {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(REAL_LIMIT_MILLISECONDS),
    });
    return { status: reply.status, contentType: reply.headers.get('content-type') ?? '', body: await reply.text() };
  } catch {
    return NO_ANSWER;
  }
}

/**
 * Sends something to the product as Microsoft's services do: to its public address, which is found on loopback. Counts as
 * work for the clock, so it must not be called from within something that waits for virtual time. Never rejects: what is
 * not answered has status 0. Throws TypeError for a text that is no URL.
 */
export async function deliver(world: World, faults: Faults, url: string, delivery: Delivery): Promise<Delivered> {
  const target = reachable(world, url);
  if (target === null) return NO_ANSWER;
  const { pathname, searchParams } = new URL(target);
  const asked = { method: 'POST', path: pathname, query: searchParams, body: delivery.body };
  const fault = delivery.part && faults.decide(asked, delivery.part);
  const send = (): Promise<Delivered> => world.clock.track(() => post(target, delivery));
  switch (fault?.kind) {
    case undefined:
      return send();
    case 'drop':
      return NO_ANSWER;
    case 'duplicate': {
      const first = await send();
      await send();
      return first;
    }
    case 'delay': {
      world.clock.elapse(Math.min(fault.milliseconds, DEADLINE_MILLISECONDS));
      return fault.milliseconds > DEADLINE_MILLISECONDS ? NO_ANSWER : send();
    }
    case 'status': {
      if (fault.when === 'after') await send();
      return { ...NO_ANSWER, status: fault.status };
    }
    case 'reply': {
      if (fault.when === 'after') await send();
      return { ...NO_ANSWER, status: fault.reply(null).status };
    }
    case 'reset':
    case 'hang':
    case 'truncate': {
      if (fault.kind === 'truncate' || fault.when === 'after') await send();
      return NO_ANSWER;
    }
  }
}
