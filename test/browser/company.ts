import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { HomeReply, MeReply, SessionView } from '../../server/contract/http.ts';
import type { Locale } from '../../server/contract/vocabulary.ts';
import { isPortTaken } from '../../server/commands/sandbox/choose-ports.ts';
import { createVirtualClock, type VirtualClock } from '../../server/sandbox/clock.ts';
import { readSavedInstant } from '../../server/sandbox/kernel/state-folder.ts';
import { companyRoles } from '../../server/sandbox/people/company-roles.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';
import { askAs, openProgram } from '../../server/simulation/drive-program.ts';
import { startBoth, type Both } from '../../server/simulation/start-both.ts';
import { advanceToFeedback, type Found } from './advance-to-feedback.ts';
import { buildFront, PAGE_FOLDER } from './build-front.ts';

/** The host under which the product says it can be reached; tests route it to the loopback port. */
export const PUBLIC_ORIGIN = 'https://inverso.contoso.example';

/** A running product with a program under way, and people of each role to look at it with. */
export interface Company {
  both: Both;
  clock: VirtualClock;
  administrator: SandboxPerson;
  executive: SandboxPerson;
  mentor: SandboxPerson;
  /** The executive's next session, booked in the calendars. */
  nextSession: SessionView;
  /** Who has been asked for feedback and has not answered yet, and about which session. */
  asked: { person: SandboxPerson; locale: Locale; sessionId: string };
  close(): Promise<void>;
}

const STARTS_AT = Date.parse('2026-09-28T06:00:00Z');

/** What a page of the product shows this person first. */
export const homeOf = async (both: Both, { id }: Pick<SandboxPerson, 'id'>): Promise<HomeReply> =>
  (await askAs(both, id, 'GET', '/api/home')) as HomeReply;

/** What is kept beside the data of a made company. */
interface Made {
  /** Stored conversations name it. */
  sandboxPort: number;
  found: Found;
}

/**
 * Starts a company of 60 with 12 executives and a program in it, in which a series is booked and somebody has been asked
 * how a session was. The first file of the project makes it, which takes its time; all of them go on from a copy of it.
 */
export async function startCompany(): Promise<Company> {
  await buildFront();
  const folder = inject('companyFolder');
  const kept = join(folder, 'made');
  if (!existsSync(kept)) await makeCompany(folder, kept);
  const own = await mkdtemp(join(folder, 'own-'));
  await cp(kept, own, { recursive: true });
  const { sandboxPort, found } = JSON.parse(await readFile(join(own, 'made.json'), 'utf8')) as Made;
  const clock = createVirtualClock((await readSavedInstant(join(own, 'sandbox')))!);
  const both = await startIn(own, clock, sandboxPort);
  const [administratorId = ''] = companyRoles(both.sandbox.world).administrators;
  const { executiveId, mentorId, nextSession, asked } = found;
  return {
    both,
    clock,
    administrator: personOf(both, administratorId),
    executive: personOf(both, executiveId),
    mentor: personOf(both, mentorId),
    nextSession,
    asked: {
      person: personOf(both, asked.personId),
      locale: await localeOf(both, asked.personId),
      sessionId: asked.sessionId,
    },
    close: () => both.close(),
  };
}

async function makeCompany(folder: string, kept: string): Promise<void> {
  const making = await mkdtemp(join(folder, 'making-'));
  await mkdir(join(making, 'sandbox'));
  const sandboxPort = await findLowPort();
  const both = await startIn(making, createVirtualClock(STARTS_AT), sandboxPort);
  try {
    await openProgram(both, { programName: 'Reverse mentoring', cohortName: 'First cohort' });
    const made: Made = { sandboxPort, found: await advanceToFeedback(both) };
    await writeFile(join(making, 'made.json'), JSON.stringify(made));
  } finally {
    await both.close();
  }
  await rename(making, kept);
}

/** A free port that no outgoing connection is given meanwhile: systems take those from above. */
async function findLowPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (!(await isPortTaken(port))) return port;
  }
}

const startIn = (folder: string, clock: VirtualClock, sandboxPort: number): Promise<Both> =>
  startBoth({
    seed: 10,
    clock,
    people: 60,
    executives: 12,
    weeks: 16,
    sandboxPort,
    serverPort: 0,
    sandboxFolder: join(folder, 'sandbox'),
    databaseFolder: join(folder, 'server'),
    databaseUrl: null,
    graphVia: null,
    faultRate: 0,
    pageFolder: PAGE_FOLDER,
    logLevel: 'fatal',
  });

const personOf = ({ sandbox }: Both, id: string): SandboxPerson => {
  const person = sandbox.world.people.get(id);
  if (!person) throw new Error(`nobody has the id ${id}`);
  return person;
};

const localeOf = async (both: Both, id: string): Promise<Locale> =>
  ((await askAs(both, id, 'GET', '/api/me')) as MeReply).locale ?? 'en';

/** Somebody who is shown this language and has a session ahead. */
export async function findPaired({ both }: Company, locale: Locale): Promise<SandboxPerson> {
  const { executives, volunteers } = companyRoles(both.sandbox.world);
  for (const id of [...executives, ...volunteers]) {
    const person = personOf(both, id);
    if (!person.accountEnabled) continue;
    if ((await localeOf(both, id)) !== locale) continue;
    if ((await homeOf(both, person)).pairs.some(({ nextSessionId }) => nextSessionId !== null)) return person;
  }
  throw new Error(`nobody who is shown ${locale} has a session ahead`);
}
