import type { HomeReply, OverviewReply, SessionView } from '../../server/contract/http.ts';
import { createVirtualClock, type VirtualClock } from '../../server/sandbox/clock.ts';
import { companyRoles } from '../../server/sandbox/people/company-roles.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';
import { askAs, openProgram } from '../../server/simulation/drive-program.ts';
import { startBoth, type Both } from '../../server/simulation/start-both.ts';
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
  asked: { person: SandboxPerson; sessionId: string };
  close(): Promise<void>;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const STARTS_AT = Date.parse('2026-09-28T06:00:00Z');
/** The first session comes within three weeks of the agreement, and agreeing takes about two. */
const MOST_DAYS = 70;

/** What a page of the product shows this person first. */
export const homeOf = async (both: Both, { id }: SandboxPerson): Promise<HomeReply> =>
  (await askAs(both, id, 'GET', '/api/home')) as HomeReply;

/** How the program stands for its administrator. */
export const overviewOf = async (both: Both, { id }: SandboxPerson): Promise<OverviewReply> =>
  (await askAs(both, id, 'GET', '/api/admin/overview')) as OverviewReply;

/**
 * Starts a company of 60 with 12 executives and a program in it, and advances until a series is booked and somebody has
 * been asked how a session was.
 */
export async function startCompany(): Promise<Company> {
  await buildFront();
  const clock = createVirtualClock(STARTS_AT);
  const both = await startBoth({
    seed: 1,
    clock,
    people: 60,
    executives: 12,
    weeks: 16,
    sandboxPort: 0,
    serverPort: 0,
    sandboxFolder: null,
    databaseFolder: null,
    databaseUrl: null,
    graphVia: null,
    faultRate: 0,
    pageFolder: PAGE_FOLDER,
    logLevel: 'fatal',
  });
  try {
    await openProgram(both, { programName: 'Reverse mentoring', cohortName: 'First cohort' });
    const found = await advanceToFeedback(both);
    const [administratorId] = companyRoles(both.sandbox.world).administrators;
    return { both, clock, administrator: personOf(both, administratorId!), ...found, close: () => both.close() };
  } catch (error) {
    await both.close();
    throw error;
  }
}

const personOf = ({ sandbox }: Both, id: string): SandboxPerson => {
  const person = sandbox.world.people.get(id);
  if (!person) throw new Error(`nobody has the id ${id}`);
  return person;
};

/** Goes from session to session until one of them has left an unanswered question, and both roles have a next session. */
async function advanceToFeedback(both: Both): Promise<Pick<Company, 'executive' | 'mentor' | 'nextSession' | 'asked'>> {
  const { world } = both.sandbox;
  const { clock } = world;
  while (clock.now() < STARTS_AT + MOST_DAYS * DAY) {
    const end = nextEnd(both);
    await clock.advanceTo(end === null ? clock.now() + DAY : end + 10 * MINUTE);
    if (end === null) continue;
    const homes = await homesAfter(both, end);
    const open = homes.flatMap(({ person, home }) =>
      home.pairs.flatMap((pair) =>
        pair.sessions
          .filter((session) => session.feedback === 'open')
          .map(({ sessionId }) => ({ person, sessionId, side: pair.side })),
      ),
    );
    const byExecutive = homes.find(({ home }) =>
      home.pairs.some((pair) => pair.side === 'mentee' && pair.nextSessionId),
    );
    const pair = byExecutive?.home.pairs.find((each) => each.nextSessionId);
    const nextSession = pair?.sessions.find(({ sessionId }) => sessionId === pair.nextSessionId);
    const asked = open.find(({ side }) => side === 'mentor');
    if (!asked || !byExecutive || !pair || !nextSession) continue;
    return { executive: byExecutive.person, mentor: personOf(both, pair.partner.personId), nextSession, asked };
  }
  throw new Error(`in ${MOST_DAYS} days nobody was asked for feedback`);
}

/** End of the next session in the program mailbox's calendar; null while there is none. */
function nextEnd({ sandbox: { world } }: Both): number | null {
  const now = world.clock.now();
  const { programMailboxId } = companyRoles(world);
  return (
    world.exchange.view(programMailboxId, now, now + 60 * DAY).find((item) => !item.isCancelled && item.end > now)
      ?.end ?? null
  );
}

/** What the people see whose session ended at this instant. */
async function homesAfter(both: Both, end: number): Promise<{ person: SandboxPerson; home: HomeReply }[]> {
  const { world } = both.sandbox;
  const { executives, volunteers } = companyRoles(world);
  const met = [...executives, ...volunteers].filter((id) =>
    world.exchange
      .view(id, end - DAY, end + 1)
      .some((item) => item.end === end && item.organizerAddress === both.sandbox.programMailbox),
  );
  return Promise.all(
    met.map(async (id) => ({ person: personOf(both, id), home: await homeOf(both, personOf(both, id)) })),
  );
}
