import type { FaultDecision } from '../../../server/sandbox/kernel/faults.ts';
import type { SandboxReply } from '../../../server/sandbox/http.ts';
import type { FaultStage } from './stage.ts';

/** Creating an event, alone; inside a batch the same pattern meets the inner request. */
const CREATE = { method: 'POST', path: /\/events$/i, part: 'graph' } as const;
/** A batch that creates events. */
const BATCH_OF_CREATES = {
  method: 'POST',
  path: /\/\$batch$/i,
  part: 'graph',
  body: /"url":"\/users\/[^"/]+\/events"/,
} as const;
/** What can happen to one request inside a batch; all else happens to the connection, so to the whole batch. */
const INNER: readonly FaultDecision['kind'][] = ['status', 'reply'];

/** Lets the next `times` requests that create events go wrong, whether they are sent alone or in a batch. */
export function meetCreates(stage: FaultStage, fault: FaultDecision, times = 1): void {
  stage.fault({ match: CREATE, fault, times });
  if (!INNER.includes(fault.kind)) stage.fault({ match: BATCH_OF_CREATES, fault, times });
}

/** An answer that Graph never gives of itself, after the event was created. */
export function meetCreatesWith(stage: FaultStage, reply: (real: SandboxReply | null) => SandboxReply): void {
  stage.fault({ match: CREATE, fault: { kind: 'reply', when: 'after', reply }, times: 1 });
}

/** A 429 with whatever it says about waiting, before the request had any effect. */
export const throttled = (retryAfter: string | null): FaultDecision => ({
  kind: 'reply',
  when: 'before',
  reply: () => ({
    status: 429,
    ...(retryAfter === null ? {} : { headers: { 'Retry-After': retryAfter } }),
    body: { error: { code: 'ApplicationThrottled', message: 'Application is over its limit.' } },
  }),
});
