import { describe, expect, test } from 'vitest';
import { loadParticipants } from '../../../server/db/cohorts.ts';
import { erasePerson } from '../../../server/db/erase-person.ts';
import { savePeople } from '../../../server/db/people.ts';
import type { Person, PersonId } from '../../../server/domain/people/person.ts';
import { DAY } from '../../../server/domain/time/instant.ts';
import { buildHome } from '../../../server/use-cases/evaluation/build-home.ts';
import { buildOverview } from '../../../server/use-cases/evaluation/build-overview.ts';
import { askContact } from '../../../server/use-cases/people/ask-contact.ts';
import { createCohort } from '../../../server/use-cases/people/create-cohort.ts';
import { findSafeContacts } from '../../../server/use-cases/people/describe-safe-contacts.ts';
import { inviteParticipants } from '../../../server/use-cases/people/invite-participants.ts';
import { nameSafeContact } from '../../../server/use-cases/people/name-safe-contact.ts';
import { prepareParticipants } from '../../../server/use-cases/people/prepare-participants.ts';
import { syncOrg } from '../../../server/use-cases/people/sync-org.ts';
import { chatOf } from '../../make/chat.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, openChat, participant, type CohortOptions } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';

const db = useDatabase();
const ROOT = person('Chief Boss');
const under = (name: string, manager: Person | null): Person => person(name, { managerId: manager?.personId ?? null });

const contactOf = async (stage: Stage) =>
  (await buildOverview(stage, { tenantId: stage.tenantId, locale: 'en' })).cohort!.safeContact;
const name = (stage: Stage, cohortId: string, who: Person) =>
  nameSafeContact(stage, { tenantId: stage.tenantId, cohortId, address: who.mail! });
const refusal = (reason: string, path = 'address') => ({
  code: 'badInput',
  details: { reason, fields: [{ path, reason }] },
});
const ask = (stage: Stage, cohortId: string, who: Person, contact: Person) =>
  askContact(stage, {
    tenantId: stage.tenantId,
    personId: who.personId,
    cohortId,
    contactId: contact.personId,
  });

/** A cohort with a mentee below a chief and a mentor elsewhere, and everybody whom somebody might name. */
async function setScene(options: CohortOptions = {}) {
  const stage = await setStage(db());
  const lead = under('Lea Lead', ROOT);
  const mentee = under('Elio Executive', lead);
  const report = under('Rita Report', mentee);
  const mentor = under('Mia Mentor', report);
  const outside = under('Olga Outside', null);
  const cohortId = await cohort(stage, options);
  stage.directory.people.push(ROOT, lead, report, outside);
  await stage.tx((tx) => savePeople(tx, stage.tenantId, [ROOT, lead, report], START));
  await participant(stage, cohortId, 'mentee', mentee);
  await participant(stage, cohortId, 'mentor', mentor);
  return { stage, cohortId, lead, mentee, report, mentor, outside };
}

describe('a safe contact', () => {
  test('is somebody known, with an account, no guest, no participant, and above or below none of them', async () => {
    const { stage, cohortId, lead, mentee, report, mentor, outside } = await setScene();
    const guest = person('Gina Guest', { isGuest: true });
    const off = person('Otto Off', { accountEnabled: false });
    stage.directory.people.push(guest, off);
    for (const [who, reason] of [
      [person('Nobody'), 'safeContactUnknown'],
      [guest, 'safeContactGuest'],
      [off, 'safeContactDisabled'],
      [mentee, 'safeContactParticipant'],
      [mentor, 'safeContactParticipant'],
      [lead, 'safeContactInLine'],
      [ROOT, 'safeContactInLine'],
      [report, 'safeContactInLine'],
    ] as const) {
      await expect(name(stage, cohortId, who)).rejects.toMatchObject(refusal(reason));
      expect(await contactOf(stage)).toEqual({ displayName: null, problem: 'none', people: [] });
    }
    expect(await name(stage, cohortId, outside)).toEqual({ displayName: 'Olga Outside' });
    expect(await contactOf(stage)).toEqual({ displayName: 'Olga Outside', problem: null, people: [] });
    // The app is there for them, so that a request reaches their chat.
    const installed = await stage.tx((tx) => tx.selectFrom('installations').select(['personId', 'state']).execute());
    expect(installed).toContainEqual({ personId: outside.personId, state: 'planned' });
  });

  test('is kept with the managers above by every reading of the organization', async () => {
    const { stage, cohortId } = await setScene();
    const boss = under('Bea Boss', null);
    const contact = under('Cora Contact', boss);
    stage.directory.people.push(boss, contact);
    await name(stage, cohortId, contact);
    await syncOrg(stage, { tenantId: stage.tenantId, programMailbox: stage.mailbox.mail! });
    const kept = await stage.tx((tx) => tx.selectFrom('people').select('displayName').execute());
    expect(kept.map(({ displayName }) => displayName)).toEqual(expect.arrayContaining(['Cora Contact', 'Bea Boss']));
  });

  test('is named where a cohort is opened, or none is opened', async () => {
    const { stage, mentee, mentor, outside, lead } = await setScene();
    const groups = [mentee, mentor].map(({ personId, displayName }) => {
      const groupId = newId();
      stage.directory.groups.set(groupId, { displayName, members: [personId] });
      return groupId;
    });
    const open = (safeContact: string) =>
      createCohort(stage, {
        tenantId: stage.tenantId,
        callerId: newId() as PersonId,
        body: {
          programName: 'P',
          cohortName: 'C',
          menteeGroupId: groups[0]!,
          mentorGroupId: groups[1]!,
          safeContact,
        },
      });
    for (const [address, reason] of [
      ['nobody@contoso.example', 'safeContactUnknown'],
      [lead.mail!, 'safeContactInLine'],
    ] as const)
      await expect(open(address)).rejects.toMatchObject(refusal(reason, 'safeContact'));
    const before = await stage.tx((tx) => tx.selectFrom('cohorts').select('name').execute());
    expect(before.map((row) => row.name)).not.toContain('C');
    const { cohortId } = await open(outside.mail!);
    const row = await stage.tx((tx) =>
      tx.selectFrom('cohorts').select('safeContactId').where('cohortId', '=', cohortId).executeTakeFirstOrThrow(),
    );
    expect(row.safeContactId).toBe(outside.personId);
  });
});

describe('a cohort', () => {
  test.each([
    ['none', 'safeContactMissing', () => null],
    ['who has left', 'safeContactDisabled', () => person('Gone', { accountEnabled: false })],
    ['above a participant', 'safeContactInLine', () => ROOT],
  ] as [string, string, () => Person | null][])(
    'with a safe contact that is %s is not started',
    async (_what, reason, who) => {
      const safeContact = who();
      const scene = await setScene({ state: 'draft', ...(safeContact && { safeContact }) });
      const { stage, cohortId, outside } = scene;
      const invited = await participant(stage, cohortId, 'mentor', person(), { state: 'nominated' });
      const invite = () => inviteParticipants(stage, { tenantId: stage.tenantId, cohortId });
      await expect(invite()).rejects.toMatchObject({ code: 'conflict', details: { reason } });
      const stateOf = async () =>
        (await stage.tx((tx) => loadParticipants(tx, { cohortId, personId: invited.personId })))[0]!.state;
      expect(await stateOf()).toBe('nominated');
      await name(stage, cohortId, outside);
      await invite();
      expect(await stateOf()).toBe('invited');
    },
  );

  test('that runs tells the administrator who joined, or moved, into the line of the safe contact', async () => {
    const { stage, cohortId, mentee, outside } = await setScene();
    await name(stage, cohortId, outside);
    const mover = under('Max Mover', outside);
    await participant(stage, cohortId, 'mentor', mover);
    expect(await contactOf(stage)).toEqual({
      displayName: 'Olga Outside',
      problem: 'inLine',
      people: ['Max Mover'],
    });
    // Somebody who takes no part does not count, and who stands above the safe contact does.
    await stage.tx((tx) =>
      tx.updateTable('participants').set({ state: 'left' }).where('personId', '=', mover.personId).execute(),
    );
    expect(await contactOf(stage)).toMatchObject({ problem: null });
    await stage.tx((tx) => savePeople(tx, stage.tenantId, [{ ...outside, managerId: mentee.personId }], START));
    expect(await contactOf(stage)).toMatchObject({ problem: 'inLine', people: ['Elio Executive'] });
    await stage.tx((tx) => savePeople(tx, stage.tenantId, [{ ...outside, accountEnabled: false }], START));
    expect(await contactOf(stage)).toMatchObject({ problem: 'gone' });
  });

  test('asks nobody in the line of its safe contact before there is another one', async () => {
    const { stage, cohortId, outside } = await setScene();
    await name(stage, cohortId, outside);
    const options = { state: 'invited' as const, isPrepared: false };
    const inLine = await participant(stage, cohortId, 'mentor', under('Ina Line', outside), options);
    const free = await participant(stage, cohortId, 'mentor', under('Fred Free', null), options);
    await prepareParticipants(stage, { tenantId: stage.tenantId });
    expect((await chatOf(stage, free.personId)).map(({ kind }) => kind)).toEqual(['join']);
    expect(await chatOf(stage, inLine.personId)).toEqual([]);
    const other = under('Vera Third', null);
    stage.directory.people.push(other);
    await name(stage, cohortId, other);
    await prepareParticipants(stage, { tenantId: stage.tenantId });
    expect((await chatOf(stage, inLine.personId)).map(({ kind }) => kind)).toEqual(['join']);
  });
});

describe('asking to be contacted', () => {
  test('sends the name, once a day however often it is clicked, and nothing else', async () => {
    const { stage, cohortId, mentor, outside } = await setScene();
    await name(stage, cohortId, outside);
    await openChat(stage, outside.personId);
    for (let click = 0; click < 3; click++) await ask(stage, cohortId, mentor, outside);
    const card = { kind: 'contactRequest', personName: 'Mia Mentor' };
    expect(await chatOf(stage, outside.personId)).toEqual([card]);
    stage.clock.advance(DAY);
    await ask(stage, cohortId, mentor, outside);
    expect(await chatOf(stage, outside.personId)).toEqual([card, card]);
    const { contactRequests } = await buildHome(stage, {
      tenantId: stage.tenantId,
      personId: outside.personId,
      locale: 'en',
    });
    expect(contactRequests).toEqual([{ displayName: 'Mia Mentor' }]);
  });

  test('is for those who take part or did; a later safe contact never learns of it, nor gets a name meant for another', async () => {
    const { stage, cohortId, mentee, mentor, outside, report } = await setScene();
    const other = under('Vera Third', null);
    stage.directory.people.push(other);
    await expect(ask(stage, cohortId, mentor, outside)).rejects.toMatchObject({
      details: { reason: 'safeContactMissing' },
    });
    await name(stage, cohortId, outside);
    const nominee = await participant(stage, cohortId, 'mentor', person(), { state: 'nominated' });
    for (const who of [report, nominee, outside])
      await expect(ask(stage, cohortId, who, outside)).rejects.toMatchObject({ code: 'notFound' });
    await ask(stage, cohortId, mentor, outside);
    await name(stage, cohortId, other);
    await expect(ask(stage, cohortId, mentee, outside)).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'safeContactChanged' },
    });
    const homeOf = ({ personId }: Person) => buildHome(stage, { tenantId: stage.tenantId, personId, locale: 'en' });
    expect((await homeOf(other)).contactRequests).toEqual([]);
    expect((await homeOf(outside)).contactRequests).toEqual([{ displayName: 'Mia Mentor' }]);
    expect((await homeOf(mentee)).safeContacts).toMatchObject([{ cohortId, displayName: 'Vera Third' }]);
    expect((await homeOf(nominee)).safeContacts).toEqual([]);
    expect(await findSafeContacts(stage, { tenantId: stage.tenantId, personId: mentee.personId })).toEqual([
      { kind: 'safeContact', cohortId, contactId: other.personId, contactName: 'Vera Third', mail: other.mail },
    ]);
  });

  test.each(['asker', 'contact'] as const)('leaves nothing of the %s who is erased', async (who) => {
    const { stage, cohortId, mentor, outside } = await setScene();
    await name(stage, cohortId, outside);
    await openChat(stage, outside.personId);
    await ask(stage, cohortId, mentor, outside);
    const erased = who === 'asker' ? mentor : outside;
    await stage.tx((tx) => erasePerson(tx, erased.personId, newId()));
    const rows = await stage.tx(async (tx) => ({
      requests: await tx.selectFrom('contactRequests').selectAll().execute(),
      messages: await tx.selectFrom('messages').selectAll().execute(),
      cohorts: await tx.selectFrom('cohorts').select('safeContactId').execute(),
    }));
    const text = JSON.stringify(rows);
    expect(text).not.toContain(erased.personId);
    expect(text).not.toContain(erased.displayName);
    expect(rows.requests).toEqual([]);
    expect(await contactOf(stage)).toMatchObject({ problem: who === 'contact' ? 'none' : null });
  });
});
