import { companyRoles, GROUP_NAMES } from '../sandbox/people/company-roles.ts';
import type { Both } from './start-both.ts';

/** Asks the product's API as a person of the company, with the token that Teams would give them. */
export async function askAs(
  both: Both,
  personId: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<unknown> {
  const token = await both.sandbox.userToken(personId);
  const reply = await fetch(both.origin + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await reply.json();
  if (!reply.ok) throw new RefusedByProduct(method, path, reply.status, JSON.stringify(answer));
  return answer;
}

/** The product answered an act of the driver with an error status. */
export class RefusedByProduct extends Error {
  readonly status: number;

  constructor(method: string, path: string, status: number, body: string) {
    super(`${method} ${path} answered ${status}: ${body}`);
    this.name = 'RefusedByProduct';
    this.status = status;
  }
}

const TRIES = 20;
const MINUTE = 60_000;

/** Tries an administrator's click again a few minutes later while the product says that it cannot right now. */
async function click(
  both: Both,
  administrator: string,
  path: string,
  body?: unknown,
  method: 'GET' | 'POST' = 'POST',
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await askAs(both, administrator, method, path, body);
    } catch (error) {
      const mayTryAgain = error instanceof RefusedByProduct && (error.status === 503 || error.status === 429);
      if (!mayTryAgain || attempt === TRIES) throw error;
      await both.sandbox.world.clock.advanceTo(both.sandbox.world.clock.now() + 2 * MINUTE);
    }
  }
}

export interface ProgramShape {
  programName: string;
  cohortName: string;
  /** Months between sessions, by weekday of the month; the product's weeks unless told. */
  everyMonths?: number;
  movesAllowed?: boolean;
}

/**
 * What an administrator does, through the same API as the tab: looks up the two groups, names the ombudsperson as safe contact, opens the cohort so that it runs
 * by itself, and invites. Returns the cohort's id and the number of nominated people.
 */
export async function openProgram(
  both: Both,
  shape: ProgramShape,
): Promise<{ cohortId: string; mentees: number; mentors: number }> {
  const roles = companyRoles(both.sandbox.world);
  const [administrator] = roles.administrators;
  if (administrator === undefined) throw new Error('the company has no administrator');
  const { clock } = both.sandbox.world;
  await clock.advanceTo(clock.now() + MINUTE);
  const groups = both.sandbox.world.groups;
  const idOf = (name: string): string => {
    const found = [...groups.values()].find((group) => group.displayName === name);
    if (!found) throw new Error(`the company has no group ${name}`);
    return found.id;
  };
  const created = (await click(both, administrator, '/api/admin/cohorts', {
    ...shape,
    menteeGroupId: idOf(GROUP_NAMES.executives),
    mentorGroupId: idOf(GROUP_NAMES.volunteers),
    safeContact: both.sandbox.world.people.get(roles.ombudspersonId)!.mail,
    automatic: true,
  })) as { cohortId: string; mentees: number; mentors: number };
  await clock.advanceTo(clock.now() + MINUTE);
  await click(both, administrator, `/api/admin/cohorts/${created.cohortId}/invite`);
  return created;
}

/**
 * What an administrator does once a week: looks at the overview and releases the matches that wait for a person, so that
 * both people are matched again.
 */
export async function lookAfterProgram(both: Both): Promise<void> {
  const [administrator] = companyRoles(both.sandbox.world).administrators;
  if (administrator === undefined) return;
  const overview = (await click(both, administrator, '/api/admin/overview', undefined, 'GET')) as {
    pairs: { pairId: string; state: string }[];
  };
  for (const pair of overview.pairs) {
    if (pair.state === 'waiting' || pair.state === 'noSlot')
      await click(both, administrator, `/api/admin/pairs/${pair.pairId}/release`);
  }
}
