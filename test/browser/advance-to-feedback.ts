import type { HomeReply, MeReply, SessionView } from '../../server/contract/http.ts';
import { companyRoles } from '../../server/sandbox/people/company-roles.ts';
import { askAs } from '../../server/simulation/drive-program.ts';
import type { Both } from '../../server/simulation/start-both.ts';

/** A pair under way and a question that waits, by the ids of the people. */
export interface Found {
  executiveId: string;
  mentorId: string;
  /** The executive's next session. */
  nextSession: SessionView;
  asked: { personId: string; sessionId: string };
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The first session comes within three weeks of the agreement, and agreeing takes about two. */
const MOST_DAYS = 70;

/**
 * Goes from session to session until one of them has left an unanswered question, and an executive who reads English has
 * just met and has a next session.
 */
export async function advanceToFeedback(both: Both): Promise<Found> {
  const { clock } = both.sandbox.world;
  const last = clock.now() + MOST_DAYS * DAY;
  while (clock.now() < last) {
    const end = nextEnd(both);
    await clock.advanceTo(end === null ? clock.now() + DAY : end + 10 * MINUTE);
    const homes = end === null ? [] : await homesAfter(both, end);
    const [asked, ahead] = [findAsked(homes), findAhead(homes)];
    if (asked && ahead) return { ...ahead, asked };
  }
  throw new Error(`in ${MOST_DAYS} days nobody was asked for feedback`);
}

interface PersonHome {
  personId: string;
  locale: string | null;
  home: HomeReply;
}

function findAsked(homes: readonly PersonHome[]): Found['asked'] | null {
  return (
    homes
      .flatMap(({ personId, home }) =>
        home.pairs
          .filter(({ side }) => side === 'mentor')
          .flatMap(({ sessions }) => sessions)
          // The pulse has other questions.
          .filter(({ feedback, number }) => feedback === 'open' && number !== 2 && number !== 4)
          .map(({ sessionId }) => ({ personId, sessionId })),
      )
      .at(0) ?? null
  );
}

function findAhead(homes: readonly PersonHome[]): Omit<Found, 'asked'> | null {
  for (const { personId, locale, home } of homes) {
    for (const pair of home.pairs) {
      const nextSession = pair.sessions.find(({ sessionId }) => sessionId === pair.nextSessionId);
      if (locale === 'en' && pair.side === 'mentee' && nextSession)
        return { executiveId: personId, mentorId: pair.partner.personId, nextSession };
    }
  }
  return null;
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
async function homesAfter(both: Both, end: number): Promise<PersonHome[]> {
  const { world } = both.sandbox;
  const { executives, volunteers } = companyRoles(world);
  const met = [...executives, ...volunteers].filter((id) =>
    world.exchange
      .view(id, end - DAY, end + 1)
      .some((item) => item.end === end && item.organizerAddress === both.sandbox.programMailbox),
  );
  return Promise.all(
    met.map(async (personId) => ({
      personId,
      locale: ((await askAs(both, personId, 'GET', '/api/me')) as MeReply).locale,
      home: (await askAs(both, personId, 'GET', '/api/home')) as HomeReply,
    })),
  );
}
