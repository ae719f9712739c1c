import { MINUTE } from '../domain/time/instant.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Identity } from '../use-cases/people/load-caller.ts';
import { countWindows } from './count-windows.ts';

/** Requests of one person; people click far less, and a flood is told to wait. */
export const OF_PERSON = { most: 600, milliseconds: MINUTE };
/** Requests of everybody of one tenant: two thirds of what a small server answers (reliability.md G11), in a short window. */
export const OF_TENANT = { most: 2_000, milliseconds: 10_000 };

/**
 * Lets each person, and beside others each tenant, ask so much and no more (hostile input 81). Whole offices come from one
 * address, so addresses say nothing of who asks too much. Throws `busy` with the time to wait. Each replica counts its own.
 */
export function limitCallers(
  clock: Clock,
  { hasNeighbors }: { hasNeighbors: boolean },
): (caller: Pick<Identity, 'tenantId' | 'personId'>) => void {
  const [ofPerson, ofTenant] = [countWindows(clock), countWindows(clock)];
  return ({ tenantId, personId }) => {
    // What one person asks too much is not held against the others of the tenant.
    refuseAbove(OF_PERSON.most, ofPerson(`${tenantId} ${personId}`, OF_PERSON.milliseconds));
    if (hasNeighbors) refuseAbove(OF_TENANT.most, ofTenant(tenantId, OF_TENANT.milliseconds));
  };
}

/** Throws `busy` where the window holds more than it may. */
export function refuseAbove(most: number, { current, ttl }: { current: number; ttl: number }): void {
  if (current > most) throw new AppError('busy', { retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1_000)) });
}
