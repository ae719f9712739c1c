import { createVirtualClock } from '../../server/sandbox/clock.ts';
import type { MatchReply, OverviewReply } from '../../server/contract/administrator.ts';
import type { HomeReply } from '../../server/contract/http.ts';
import type { TenantId } from '../../server/domain/people/person.ts';
import { companyRoles, type CompanyRoles } from '../../server/sandbox/people/company-roles.ts';
import { audit, type Violation } from '../../server/simulation/audit.ts';
import { askAs } from '../../server/simulation/drive-program.ts';
import { readRecords, type Records } from '../../server/simulation/records.ts';
import { startBoth, type Both } from '../../server/simulation/start-both.ts';
import { watchSandbox } from '../../server/simulation/seen.ts';
import { readTruth, type Truth } from '../../server/simulation/truth.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STARTS_AT = Date.parse('2026-09-28T06:00:00Z');

/** A company and the product beside it, and the few things that a story about them needs to say. */
export interface SmallProgram {
  both: Both;
  roles: CompanyRoles;
  administrator: string;
  /** What a person sees at home in the tab. */
  homeOf(personId: string): Promise<HomeReply>;
  overview(): Promise<OverviewReply>;
  /** The administrator presses a button. */
  press<T = unknown>(path: string, body?: unknown): Promise<T>;
  match(cohortId: string): Promise<MatchReply>;
  /** What the product has in its database. */
  records(): Promise<Records>;
  /** What stands in mailboxes and chats. */
  truth(): Promise<Truth>;
  judge(): Promise<Violation[]>;
  /** Lets time pass, an hour at a time, until something has happened; after so many days it is not awaited any more. */
  until(days: number, hasHappened: () => boolean | Promise<boolean>): Promise<boolean>;
  close(): Promise<void>;
}

/** A company of 60 with 10 executives, on a database in memory or on PostgreSQL. */
export async function startSmallProgram(databaseUrl: string | null): Promise<SmallProgram> {
  const clock = createVirtualClock(STARTS_AT);
  const both = await startBoth({
    seed: 6,
    clock,
    people: 60,
    executives: 10,
    weeks: 8,
    sandboxPort: 0,
    serverPort: 0,
    sandboxFolder: null,
    databaseFolder: null,
    databaseUrl,
    graphVia: null,
    faultRate: 0,
    pageFolder: '',
    logLevel: 'warn',
  });
  const { seen } = watchSandbox(both.sandbox);
  const roles = companyRoles(both.sandbox.world);
  const [administrator = ''] = roles.administrators;
  const records = () => readRecords(both.server.database.db, both.sandbox.tenantId as TenantId);
  const truth = async () =>
    readTruth(both.sandbox, {
      programMailboxId: roles.programMailboxId,
      from: STARTS_AT - DAY,
      to: clock.now() + 60 * DAY,
      people: (await records()).participants.map((row) => row.personId),
      seen,
    });
  return {
    both,
    roles,
    administrator,
    homeOf: async (personId) => (await askAs(both, personId, 'GET', '/api/home')) as HomeReply,
    overview: async () => (await askAs(both, administrator, 'GET', '/api/admin/overview')) as OverviewReply,
    press: async <T>(path: string, body?: unknown) => (await askAs(both, administrator, 'POST', path, body)) as T,
    match: async (cohortId) =>
      (await askAs(both, administrator, 'POST', `/api/admin/cohorts/${cohortId}/match`)) as MatchReply,
    records,
    truth,
    judge: async () => audit(await truth(), await records(), { tentativeIsFree: false }).violations,
    async until(days, hasHappened) {
      const end = clock.now() + days * DAY;
      while (!(await hasHappened())) {
        if (clock.now() >= end) return false;
        await clock.advanceTo(clock.now() + HOUR);
      }
      return true;
    },
    close: () => both.close(),
  };
}
