import type { HomeReply, MeReply } from '../../server/contract/http.ts';
import type { Locale } from '../../server/contract/vocabulary.ts';
import { at, json } from '../../server/db/schema.ts';
import { inTenant } from '../../server/db/tenancy.ts';
import type { PersonId, TenantId } from '../../server/domain/people/person.ts';
import type { Instant } from '../../server/domain/time/instant.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';
import { askAs } from '../../server/simulation/drive-program.ts';
import { homeOf, type Company } from './company.ts';

/** A proposal that nobody has answered, and a colleague outside of the program whom the executive may name. */
export interface OpenProposal {
  executive: SandboxPerson;
  locale: Locale;
  mentor: SandboxPerson;
  colleague: SandboxPerson;
}

const PAIR_ID = '5eed0000-0000-4000-8000-00000000abcd';

/** Matches an executive once more, has the mentor agree, and waits until times were found. No time passes. */
export async function openProposal(company: Company): Promise<OpenProposal> {
  const { both, clock } = company;
  const tenantId = both.sandbox.tenantId as TenantId;
  const now = clock.now() as Instant;
  const { executiveId, mentorId } = await inTenant(both.server.database.db, tenantId, async (tx) => {
    const joined = await tx
      .selectFrom('participants')
      .select(['cohortId', 'personId', 'side'])
      .where('state', '=', 'joined')
      .orderBy('personId')
      .execute();
    const pairs = await tx.selectFrom('pairs').select(['mentorId', 'menteeId', 'parts', 'reasons']).execute();
    const executive = joined.find((row) => row.side === 'mentee' && row.personId !== company.executive.id)!;
    const mentor = joined.find(
      (row) =>
        row.side === 'mentor' &&
        row.cohortId === executive.cohortId &&
        !pairs.some((pair) => pair.mentorId === row.personId && pair.menteeId === executive.personId),
    )!;
    await tx
      .insertInto('pairs')
      .values({
        tenantId,
        pairId: PAIR_ID,
        cohortId: executive.cohortId,
        mentorId: mentor.personId,
        menteeId: executive.personId,
        generation: 9,
        state: 'mentorAsked',
        score: 800_000,
        parts: json(pairs[0]!.parts),
        reasons: json(pairs[0]!.reasons),
        stateSince: at(now),
      })
      .execute();
    return { executiveId: executive.personId, mentorId: mentor.personId };
  });
  await askAs(both, mentorId, 'POST', `/api/pairs/${PAIR_ID}/mentor-answer`, { answer: 'agree' });
  await waitForAsk(company, executiveId);
  const { world } = both.sandbox;
  const inProgram = await inTenant(both.server.database.db, tenantId, (tx) =>
    tx.selectFrom('participants').select('personId').execute(),
  );
  const outside = [...world.people.values()].find(
    (person) =>
      person.accountEnabled &&
      person.mailbox.enabled &&
      person.userType === 'Member' &&
      !inProgram.some(({ personId }) => personId === person.id) &&
      person.id !== company.administrator.id &&
      person.mail !== both.sandbox.programMailbox,
  );
  const me = (await askAs(both, executiveId, 'GET', '/api/me')) as MeReply;
  return {
    executive: world.people.get(executiveId)!,
    locale: me.locale ?? 'en',
    mentor: world.people.get(mentorId)!,
    colleague: outside!,
  };
}

/** The proposal's state as the server has it. */
export const stateOfProposal = async ({ both }: Company): Promise<string> =>
  inTenant(both.server.database.db, both.sandbox.tenantId as TenantId, async (tx) => {
    const { state } = await tx
      .selectFrom('pairs')
      .select('state')
      .where('pairId', '=', PAIR_ID)
      .executeTakeFirstOrThrow();
    return state;
  });

async function waitForAsk(company: Company, executiveId: PersonId): Promise<void> {
  const isThere = ({ asks }: HomeReply): boolean =>
    asks.some((ask) => ask.kind === 'proposal' && ask.pairId === PAIR_ID);
  for (let i = 0; i < 300; i++) {
    if (isThere(await homeOf(company.both, { id: executiveId }))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no proposal was made: the pair is ${await stateOfProposal(company)}`);
}
