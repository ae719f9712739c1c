import { at } from '../../../../server/db/schema.ts';
import { addOffer } from '../../../../server/db/session-offers.ts';
import { savePeople } from '../../../../server/db/people.ts';
import type { Person, PersonId } from '../../../../server/domain/people/person.ts';
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../../server/domain/time/instant.ts';
import { nameAssistant } from '../../../../server/use-cases/people/name-assistant.ts';
import { recordFeedback } from '../../../../server/use-cases/sessions/record-feedback.ts';
import { cohort, FIRST, offer, pair, participant, type MadePair } from '../../../make/pair.ts';
import { newId, person } from '../../../make/person.ts';
import { START, type Stage } from '../../../make/server.ts';
import { bookedPair, type Booked } from '../../../make/session.ts';

/**
 * Who asks, each seen from one thing: a pair of `mentor` and `mentee` or what belongs to it. `partner` is the mentor's partner
 * in another pair, `assistant` answers for the mentee, `lineManager` is the manager of both, and `otherTenant` an administrator
 * of another organization.
 */
export const CALLERS = [
  'anonymous',
  'stranger',
  'otherTenant',
  'mentor',
  'mentee',
  'partner',
  'assistant',
  'safeContact',
  'lineManager',
  'administrator',
] as const;
export type CallerName = (typeof CALLERS)[number];

/** One cohort with everybody in it who may ask, and nothing else yet. */
export interface Scene {
  stage: Stage;
  people: Record<Exclude<CallerName, 'anonymous'>, Person>;
  cohortId: string;
  /** What only those who take part in the thing may be told: names, addresses, ids and words. */
  secrets: string[];
}

/** What the pair's people wrote. */
const NOTE = 'CANARY-NOTE';

export async function setScene(stage: Stage): Promise<Scene> {
  const lineManager = person('Lino Line');
  const managed = { managerId: lineManager.personId };
  const safeContact = person('Sara Safe');
  const cohortId = await cohort(stage, { safeContact });
  const mentor = await participant(stage, cohortId, 'mentor', person('Mia Mentor', managed));
  const mentee = await participant(stage, cohortId, 'mentee', person('Elio Executive', managed));
  const partner = await participant(stage, cohortId, 'mentee', person('Paola Partner'));
  const [assistant, administrator, stranger] = [person('Asa Assistant'), person('Ada Admin'), person('Sven Stranger')];
  await stage.tx(async (tx) => {
    await savePeople(tx, stage.tenantId, [lineManager, assistant, administrator, stranger], START);
    await tx
      .insertInto('administrators')
      .values({ tenantId: stage.tenantId, personId: administrator.personId, addedAt: at(START) })
      .execute();
  });
  await pair(stage, 'waiting', { cohortId, mentor, mentee: partner });
  await nameAssistant(stage, { tenantId: stage.tenantId, personId: mentee.personId, address: assistant.mail! });
  const people = {
    stranger,
    otherTenant: person('Olga Other'),
    mentor,
    mentee,
    partner,
    assistant,
    safeContact,
    lineManager,
    administrator,
  };
  return { stage, people, cohortId, secrets: [mentee.displayName, mentee.mail!, mentee.personId, NOTE] };
}

const both = ({ cohortId, people: { mentor, mentee } }: Scene) => ({ cohortId, mentor, mentee });

/** The pair as far as `state`. */
export async function withPair(scene: Scene, state: Parameters<typeof pair>[1]): Promise<MadePair> {
  const made = await pair(scene.stage, state, { ...both(scene), offers: [offer({ first: plus(FIRST, HOUR) })] });
  scene.secrets.push(made.pairId);
  return made;
}

/** The pair with its sessions in the calendar. */
async function book(scene: Scene): Promise<Booked> {
  // One mailbox invites so many people a minute and no more.
  scene.stage.clock.advance(5 * MINUTE);
  const booked = await bookedPair(scene.stage, offer(), both(scene));
  scene.secrets.push(booked.pairId, ...booked.sessions.map(({ sessionId }) => sessionId));
  return booked;
}

/** The same; the second session, after which the pulse is asked, is just over. */
export async function withSessions(scene: Scene): Promise<Booked> {
  const booked = await book(scene);
  const now = scene.stage.clock.now();
  await scene.stage.tx((tx) =>
    tx
      .updateTable('sessions')
      .set({ startsAt: at(plus(now, -HOUR)), endsAt: at(plus(now, -HOUR / 2)) })
      .where('sessionId', '=', secondOf(booked))
      .execute(),
  );
  return booked;
}

/** The pair's session that is over. */
export const secondOf = ({ sessions }: Booked): string => sessions[1]!.sessionId;

/** Both have answered about it, each with a note for the program team. */
export async function withAnswers(scene: Scene): Promise<Booked> {
  const booked = await withSessions(scene);
  for (const { personId } of [scene.people.mentor, scene.people.mentee]) {
    const body = { tookPlace: true, usefulness: 4, note: NOTE, noteReader: 'programTeamNamed' as const };
    const { tenantId } = scene.stage;
    await recordFeedback(scene.stage, { tenantId, personId, sessionId: secondOf(booked), body, via: 'page' });
  }
  return booked;
}

/** Other times are offered for the pair's first session. */
export async function withNewTime(scene: Scene): Promise<{ booked: Booked; start: Instant }> {
  const booked = await book(scene);
  const [session] = booked.sessions;
  const start = plus(session!.startsAt, DAY);
  await scene.stage.tx((tx) =>
    addOffer(tx, {
      tenantId: scene.stage.tenantId,
      sessionId: session!.sessionId,
      pairId: booked.pairId,
      because: 'conflict',
      starts: [start],
      askedOf: scene.people.mentee.personId,
      answerBy: plus(START, 30 * DAY),
      now: START,
    }),
  );
  return { booked, start };
}

/** The pair's series lost its organizer and was left in both calendars. */
export async function withCopiesLeft(scene: Scene): Promise<Booked> {
  const booked = await withSessions(scene);
  await scene.stage.tx((tx) =>
    tx
      .updateTable('series')
      .set({ state: 'cancelled', copiesLeftAt: at(START) })
      .where('pairId', '=', booked.pairId)
      .execute(),
  );
  return booked;
}

/** A side of the pair is only invited to another cohort so far. */
export async function withInvitation(scene: Scene, side: 'mentor' | 'mentee'): Promise<string> {
  const cohortId = await cohort(scene.stage, { state: 'inviting' });
  await participant(scene.stage, cohortId, side, scene.people[side], { state: 'invited' });
  scene.secrets.push(cohortId);
  return cohortId;
}

/** Two groups of the directory, and a safe contact whom it knows. */
export function withGroups({ stage, people }: Scene): { executives: string; volunteers: string } {
  const groups = { executives: newId(), volunteers: newId() };
  stage.directory.groups.set(groups.executives, { displayName: 'Executives', members: [newId() as PersonId] });
  stage.directory.groups.set(groups.volunteers, { displayName: 'Volunteers', members: [newId() as PersonId] });
  stage.directory.people.push(people.safeContact);
  return groups;
}

/** A cohort of which nobody is invited yet. */
export async function withDraft({ stage, people: { safeContact } }: Scene): Promise<string> {
  const cohortId = await cohort(stage, { state: 'draft', safeContact });
  await participant(stage, cohortId, 'mentee', person(), { state: 'nominated' });
  return cohortId;
}
