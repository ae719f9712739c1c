import { describe, expect, test } from 'vitest';
import type { CardAction } from '../../../server/contract/cards.ts';
import type { ProposalAnswer } from '../../../server/contract/vocabulary.ts';
import { assistantsOf } from '../../../server/db/assistants.ts';
import { loadProposals } from '../../../server/db/pairs.ts';
import { savePeople } from '../../../server/db/people.ts';
import type { Person, PersonId } from '../../../server/domain/people/person.ts';
import { DAY, plus } from '../../../server/domain/time/instant.ts';
import { buildHome } from '../../../server/use-cases/evaluation/build-home.ts';
import { answerProposal } from '../../../server/use-cases/matching/answer-proposal.ts';
import { remindAndExpire } from '../../../server/use-cases/matching/remind-and-expire.ts';
import { loadCaller } from '../../../server/use-cases/people/load-caller.ts';
import { nameAssistant } from '../../../server/use-cases/people/name-assistant.ts';
import { prepareParticipants, retryInstallations } from '../../../server/use-cases/people/prepare-participants.ts';
import { removeAssistant } from '../../../server/use-cases/people/remove-assistant.ts';
import { answerCard } from '../../../server/use-cases/sessions/answer-card.ts';
import { offerSlots } from '../../../server/use-cases/slots/offer-slots.ts';
import { chatOf, textsOf } from '../../make/chat.ts';
import { useDatabase } from '../../make/database.ts';
import { openChat, pair, participant, readPair, type MadePair } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { refused, setStage, START, type Stage } from '../../make/server.ts';
import { readSessions } from '../../make/session.ts';

const db = useDatabase();

/** A colleague whom only the directory knows, with an open chat. */
async function colleague(stage: Stage, name: string, change: Partial<Person> = {}): Promise<Person> {
  const one = person(name, change);
  stage.directory.people.push(one);
  await openChat(stage, one.personId);
  return one;
}
const name = (stage: Stage, { personId }: { personId: PersonId }, address: string | null) =>
  nameAssistant(stage, { tenantId: stage.tenantId, personId, address: address ?? '' });
const remove = (stage: Stage, made: MadePair, assistant: Person) =>
  removeAssistant(stage, {
    tenantId: stage.tenantId,
    personId: made.mentee.personId,
    assistantId: assistant.personId,
  });
const say = (
  stage: Stage,
  made: MadePair,
  answer: ProposalAnswer,
  who: Person = made.mentee,
  more: { offer?: number; round?: number } = {},
) => answerProposal(stage, { tenantId: stage.tenantId, personId: who.personId, pairId: made.pairId, answer, ...more });
const press = (stage: Stage, who: Person, action: CardAction) =>
  answerCard(stage, { tenantId: stage.tenantId, personId: who.personId }, action);
const homeOf = (stage: Stage, who: Person) =>
  buildHome(stage, { tenantId: stage.tenantId, personId: who.personId, locale: 'en' });
const offered = async (stage: Stage): Promise<MadePair> => {
  const made = await pair(stage, 'mentorAgreed');
  await offerSlots(stage, { tenantId: stage.tenantId });
  await chatOf(stage, made.mentee.personId);
  return made;
};
/** An executive with a proposal, and two assistants who were asked. */
async function delegated(stage: Stage): Promise<{ made: MadePair; hanna: Person; ivo: Person }> {
  const made = await offered(stage);
  const hanna = await colleague(stage, 'Hanna Helper');
  const ivo = await colleague(stage, 'Ivo Ideale');
  await name(stage, made.mentee, hanna.mail);
  await name(stage, made.mentee, ivo.mail);
  await say(stage, made, 'askAssistant');
  return { made, hanna, ivo };
}

describe('naming an assistant', () => {
  test('is for executives of a program, of their own tenant', async () => {
    const stage = await setStage(db());
    const made = await pair(stage);
    const hanna = await colleague(stage, 'Hanna Helper');
    const left = await participant(stage, made.cohortId, 'mentee', person(), { state: 'left' });
    for (const who of [made.mentor, hanna, left])
      await expect(name(stage, who, hanna.mail)).rejects.toMatchObject({ code: 'forbidden' });
    const other = await setStage(db());
    await expect(name({ ...stage, tenantId: other.tenantId }, made.mentee, hanna.mail)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(stage.directory.count('findPerson')).toBe(0);
  });

  test.each<[string, () => Person | null]>([
    ['assistantUnknown', () => null],
    ['assistantGuest', () => person('Gia Guest', { isGuest: true })],
    ['assistantDisabled', () => person('Dora Disabled', { accountEnabled: false })],
  ])('%s is refused, and the field is named', async (reason, make) => {
    const stage = await setStage(db());
    const made = await pair(stage);
    const one = make();
    if (one) stage.directory.people.push(one);
    await expect(name(stage, made.mentee, one?.mail ?? 'nobody@contoso.example')).rejects.toMatchObject({
      code: 'badInput',
      details: { reason, fields: [{ path: 'address' }] },
    });
    expect(await stage.tx((tx) => assistantsOf(tx, made.mentee.personId))).toEqual([]);
  });

  test('neither oneself nor one’s mentor; a mentor whom one does not know of yet is no exception to anything', async () => {
    const stage = await setStage(db());
    const made = await pair(stage);
    await expect(name(stage, made.mentee, made.mentee.mail!.toUpperCase())).rejects.toMatchObject({
      details: { reason: 'assistantSelf' },
    });
    await expect(name(stage, made.mentee, made.mentor.mail)).rejects.toMatchObject({
      details: { reason: 'assistantMentor' },
    });
    const hidden = await pair(stage, 'mentorDeclined', { cohortId: made.cohortId, mentee: made.mentee });
    await name(stage, made.mentee, hidden.mentor.mail);
    expect(await stage.tx((tx) => assistantsOf(tx, made.mentee.personId))).toHaveLength(1);
    // Once that person is the mentor, they answer for the executive no more.
    await stage.tx((tx) =>
      tx.updateTable('pairs').set({ state: 'booked' }).where('pairId', '=', hidden.pairId).execute(),
    );
    expect(await stage.tx((tx) => assistantsOf(tx, made.mentee.personId))).toEqual([]);
  });

  test('twice is once; five are the most, and a sixth of two requests at once is one too many', async () => {
    const stage = await setStage(db());
    const made = await pair(stage);
    const six = await Promise.all(Array.from({ length: 6 }, (_, i) => colleague(stage, `Helper ${String(i)}`)));
    for (const one of six.slice(0, 4)) await name(stage, made.mentee, one.mail);
    await name(stage, made.mentee, six[0]!.mail);
    const results = await Promise.allSettled(six.slice(4).map((one) => name(stage, made.mentee, one.mail)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { details: { reason: 'assistantMany' } },
    });
    expect((await homeOf(stage, made.mentee)).assistants).toHaveLength(5);
  });

  test('a directory that does not answer is "try again"', async () => {
    const stage = await setStage(db());
    const made = await pair(stage);
    stage.directory.script('findPerson', refused('forbidden', 403));
    await expect(name(stage, made.mentee, 'a@contoso.example')).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('the app is installed for them, once, and not if they were removed before', async () => {
    const stage = await setStage(db());
    const made = await pair(stage);
    await stage.tx((tx) => tx.updateTable('tenants').set({ catalogAppId: 'catalog-app' }).execute());
    const [hanna, ivo] = [await colleague(stage, 'Hanna Helper'), await colleague(stage, 'Ivo Ideale')];
    await name(stage, made.mentee, hanna.mail);
    await name(stage, made.mentee, ivo.mail);
    await remove(stage, made, ivo);
    expect(stage.jobs.woken).toContain('prepareParticipants');
    for (let i = 0; i < 2; i++) {
      await prepareParticipants(stage, { tenantId: stage.tenantId });
      await retryInstallations(stage, { tenantId: stage.tenantId });
    }
    const installed = stage.messenger.calls.filter((call) => call.name === 'install').map((call) => call.args[1]);
    expect(installed).toEqual([hanna.personId]);
  });
});

describe('"ask my assistant"', () => {
  test('asks every assistant for the time, and tells them names, times and the purpose only', async () => {
    const stage = await setStage(db());
    const { made, hanna, ivo } = await delegated(stage);
    for (const one of [hanna, ivo]) {
      const [card] = await chatOf(stage, one.personId);
      expect(card).toMatchObject({
        kind: 'assistantProposal',
        executiveName: made.mentee.displayName,
        partnerName: made.mentor.displayName,
        programName: 'Reverse mentoring',
        timeZone: 'Europe/Rome',
        sessions: 3,
      });
      expect(card?.kind === 'assistantProposal' && card.offers.length).toBeGreaterThan(0);
      expect(JSON.stringify(card)).not.toMatch(/reasons|generative|topics|motivation|score|goal/);
      const home = await homeOf(stage, one);
      expect(home.asks).toMatchObject([{ kind: 'assistantProposal', partnerName: made.mentor.displayName }]);
      expect(JSON.stringify(home)).not.toMatch(/generative|motivation|"topics"|goals|noLunch/i);
      expect([home.pairs, home.assistants]).toEqual([[], null]);
    }
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['askAssistant']);
    expect((await homeOf(stage, made.mentee)).asks).toMatchObject([{ kind: 'proposal', isAssistantAsked: true }]);
  });

  test('before the click an assistant may neither see nor answer', async () => {
    const stage = await setStage(db());
    const made = await offered(stage);
    const hanna = await colleague(stage, 'Hanna Helper');
    await name(stage, made.mentee, hanna.mail);
    expect((await homeOf(stage, hanna)).asks).toEqual([]);
    for (const answer of ['agree', 'anotherTime', 'anotherMentor', 'askAssistant'] as const)
      await expect(say(stage, made, answer, hanna)).rejects.toMatchObject({ code: 'notFound' });
    expect(await chatOf(stage, hanna.personId)).toEqual([]);
    expect((await readPair(stage, made.pairId)).state).toBe('menteeAsked');
  });

  test('another mentor, and whom to ask, stay the executive’s own', async () => {
    const stage = await setStage(db());
    const { made, hanna } = await delegated(stage);
    for (const answer of ['anotherMentor', 'askAssistant'] as const)
      await expect(say(stage, made, answer, hanna)).rejects.toMatchObject({ code: 'notFound' });
    for (const who of [made.mentor, person()])
      await expect(say(stage, made, 'agree', who)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('clicked again it asks nobody twice and gives no more days', async () => {
    const stage = await setStage(db());
    const { made, hanna } = await delegated(stage);
    const before = await readPair(stage, made.pairId);
    stage.clock.advance(DAY);
    expect(await say(stage, made, 'askAssistant')).toEqual({ outcome: 'answered', text: 'askAssistant' });
    expect(await readPair(stage, made.pairId)).toEqual(before);
    expect(await chatOf(stage, hanna.personId)).toHaveLength(1);
  });

  test('the first answer counts: one series, every other card is replaced, the mentor hears nothing', async () => {
    const stage = await setStage(db());
    const { made, hanna, ivo } = await delegated(stage);
    await chatOf(stage, ivo.personId);
    const mentorBefore = await chatOf(stage, made.mentor.personId);
    const results = await Promise.allSettled([
      say(stage, made, 'agree', hanna, { offer: 0 }),
      say(stage, made, 'agree', hanna, { offer: 0 }),
      say(stage, made, 'agree', ivo, { offer: 1 }),
      say(stage, made, 'agree', made.mentee, { offer: 2 }),
    ]);
    expect(results.slice(0, 2)).toMatchObject([
      { value: { outcome: 'answered', text: 'bookedForExecutive' } },
      { value: { outcome: 'answered', text: 'bookedForExecutive' } },
    ]);
    expect(results.slice(2)).toMatchObject(
      Array.from({ length: 2 }, () => ({ reason: { code: 'closed', details: { reason: 'answeredElsewhere' } } })),
    );
    expect(await readSessions(stage, made.pairId)).toHaveLength(3);
    expect((await readPair(stage, made.pairId)).state).toBe('agreed');
    expect(textsOf(await chatOf(stage, hanna.personId))).toEqual(['bookedForExecutive']);
    expect(textsOf(await chatOf(stage, ivo.personId))).toEqual(['answeredElsewhere']);
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['assistantAgreed']);
    expect(await chatOf(stage, made.mentor.personId)).toEqual(mentorBefore);
    // Too late, and kindly so: the card is replaced, nothing is red.
    expect(await press(stage, ivo, { verb: 'proposal.answer', pairId: made.pairId, answer: 'anotherTime' })).toEqual({
      kind: 'done',
      text: 'answeredElsewhere',
    });
    // Now they see the yes and the times, and no link.
    const home = await homeOf(stage, ivo);
    expect(home.assisting).toMatchObject([{ partnerName: made.mentor.displayName, sessions: [{}, {}, {}] }]);
    expect(JSON.stringify(home)).not.toContain('teams');
  });

  test('the executive may still answer, and then the assistants’ cards say so', async () => {
    const stage = await setStage(db());
    const { made, hanna } = await delegated(stage);
    await chatOf(stage, hanna.personId);
    await say(stage, made, 'anotherMentor');
    expect((await readPair(stage, made.pairId)).state).toBe('menteeDeclined');
    expect(textsOf(await chatOf(stage, hanna.personId))).toEqual(['answeredElsewhere']);
    expect((await homeOf(stage, hanna)).asks).toEqual([]);
  });

  test('other times that an assistant wishes for are the assistants’ to answer again', async () => {
    const stage = await setStage(db());
    const { made, hanna, ivo } = await delegated(stage);
    await chatOf(stage, hanna.personId);
    await say(stage, made, 'anotherTime', hanna);
    expect(textsOf(await chatOf(stage, hanna.personId))).toEqual(['otherTimesForExecutive']);
    await offerSlots(stage, { tenantId: stage.tenantId });
    expect(textsOf(await chatOf(stage, hanna.personId))).toEqual(['otherTimesForExecutive', 'assistantProposal']);
    expect(textsOf(await chatOf(stage, ivo.personId))).toEqual(['answeredElsewhere', 'assistantProposal']);
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['assistantAnotherTime']);
    // A click on the card of the first proposal answers nothing of the second.
    await expect(say(stage, made, 'agree', hanna, { offer: 0, round: 1 })).rejects.toMatchObject({
      details: { reason: 'answeredElsewhere' },
    });
    await say(stage, made, 'agree', ivo, { offer: 0, round: 2 });
    expect((await readPair(stage, made.pairId)).state).toBe('agreed');
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['assistantAnotherTime']);
  });

  test('assistants get as many days, are reminded once, and silence is never consent', async () => {
    const stage = await setStage(db());
    stage.clock.set(plus(START, DAY));
    const { made, hanna } = await delegated(stage);
    await chatOf(stage, hanna.personId);
    const { answerBy } = (await stage.tx((tx) => loadProposals(tx, [made.pairId]))).get(made.pairId)!;
    expect(answerBy).toBeGreaterThan(plus(stage.clock.now(), 5 * DAY));
    const { dueAt } = await readPair(stage, made.pairId);
    stage.clock.set(dueAt!);
    await remindAndExpire(stage, { tenantId: stage.tenantId });
    await remindAndExpire(stage, { tenantId: stage.tenantId });
    expect(await chatOf(stage, hanna.personId)).toMatchObject([{ isReminder: false }, { isReminder: true }]);
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['askAssistant']);
    stage.clock.set(plus(answerBy, DAY));
    await remindAndExpire(stage, { tenantId: stage.tenantId });
    expect((await readPair(stage, made.pairId)).state).toBe('waiting');
    expect(textsOf(await chatOf(stage, hanna.personId))).toEqual(['noLongerNeeded', 'noLongerNeeded']);
    await expect(say(stage, made, 'agree', hanna)).rejects.toMatchObject({ code: 'closed' });
  });

  test('a person who is named afterwards is asked too', async () => {
    const stage = await setStage(db());
    const { made } = await delegated(stage);
    const late = await colleague(stage, 'Lia Late');
    await name(stage, made.mentee, late.mail);
    expect(textsOf(await chatOf(stage, late.personId))).toEqual(['assistantProposal']);
  });
});

describe('from the card, without anybody named', () => {
  test('one field, and on: the address is asked for, named and asked', async () => {
    const stage = await setStage(db());
    const made = await offered(stage);
    const { pairId } = made;
    const hanna = await colleague(stage, 'Hanna Helper');
    const ask = { verb: 'proposal.answer', pairId, answer: 'askAssistant', round: 1 } as const;
    expect(await press(stage, made.mentee, ask)).toEqual({ kind: 'assistantAddress', pairId });
    expect(await press(stage, made.mentee, { verb: 'proposal.show', pairId })).toMatchObject({
      kind: 'proposal',
      round: 1,
      partner: { displayName: made.mentor.displayName },
    });
    const named = { verb: 'assistant.name', pairId } as const;
    expect(await press(stage, made.mentee, { ...named, address: made.mentor.mail! })).toEqual({
      kind: 'error',
      text: 'assistantMentor',
    });
    expect(await press(stage, made.mentee, { ...named, address: hanna.mail! })).toEqual({
      kind: 'done',
      text: 'askAssistant',
    });
    expect(textsOf(await chatOf(stage, hanna.personId))).toEqual(['assistantProposal']);
    await press(stage, hanna, { verb: 'proposal.answer', pairId, answer: 'agree', offer: '0', round: 1 });
    expect((await readPair(stage, pairId)).state).toBe('agreed');
    expect(await press(stage, made.mentee, { verb: 'proposal.show', pairId })).toEqual({
      kind: 'done',
      text: 'answeredElsewhere',
    });
  });

  test('nobody else gets the proposal by asking for it', async () => {
    const stage = await setStage(db());
    const { made, hanna } = await delegated(stage);
    for (const who of [hanna, made.mentor, person()])
      expect(await press(stage, who, { verb: 'proposal.show', pairId: made.pairId })).toEqual({
        kind: 'error',
        text: 'notYours',
      });
  });
});

describe('removing an assistant', () => {
  test('takes effect at once: cards close, access is gone, and the last one gives the question back', async () => {
    const stage = await setStage(db());
    const { made, hanna, ivo } = await delegated(stage);
    await chatOf(stage, hanna.personId);
    await chatOf(stage, made.mentee.personId);
    await remove(stage, made, hanna);
    await remove(stage, made, hanna);
    expect(textsOf(await chatOf(stage, hanna.personId))).toEqual(['noLongerNeeded']);
    expect((await homeOf(stage, hanna)).asks).toEqual([]);
    await expect(say(stage, made, 'agree', hanna)).rejects.toMatchObject({ code: 'notFound' });
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['askAssistant']);
    await remove(stage, made, ivo);
    expect(textsOf(await chatOf(stage, made.mentee.personId))).toEqual(['proposal']);
    expect((await homeOf(stage, made.mentee)).asks).toMatchObject([{ kind: 'proposal', isAssistantAsked: false }]);
    await say(stage, made, 'agree');
    expect((await readPair(stage, made.pairId)).state).toBe('agreed');
    // A former assistant sees nothing of what comes afterwards.
    expect(await homeOf(stage, hanna)).toMatchObject({ asks: [], assisting: [], pairs: [] });
  });

  test('a card that was never delivered is taken back', async () => {
    const stage = await setStage(db());
    const { made, hanna } = await delegated(stage);
    await remove(stage, made, hanna);
    expect(await chatOf(stage, hanna.personId)).toEqual([]);
  });

  test('is nobody else’s to do', async () => {
    const stage = await setStage(db());
    const { made, hanna } = await delegated(stage);
    for (const who of [made.mentor.personId, hanna.personId, newId() as PersonId])
      await expect(
        removeAssistant(stage, { tenantId: stage.tenantId, personId: who, assistantId: hanna.personId }),
      ).rejects.toMatchObject({ code: 'notFound' });
  });

  test('somebody whose account is switched off answers no more, and the reminder is the executive’s', async () => {
    const stage = await setStage(db());
    const { made, hanna, ivo } = await delegated(stage);
    await stage.tx((tx) =>
      savePeople(
        tx,
        stage.tenantId,
        [hanna, ivo].map((one) => ({ ...one, accountEnabled: false })),
        START,
      ),
    );
    await expect(say(stage, made, 'agree', hanna)).rejects.toMatchObject({ code: 'notFound' });
    expect(await say(stage, made, 'askAssistant')).toEqual({ outcome: 'needsAssistant' });
  });
});

test('an assistant has that role, and reads times by the clock of the executive', async () => {
  const stage = await setStage(db());
  const { made, hanna } = await delegated(stage);
  const me = () =>
    loadCaller(stage, { tenantId: stage.tenantId, personId: hanna.personId, displayName: 'H', appRoles: [] });
  expect(await me()).toMatchObject({ roles: ['assistant'], timeZone: 'Europe/Rome', programName: 'Reverse mentoring' });
  await remove(stage, made, hanna);
  expect(await me()).toMatchObject({ roles: [], timeZone: 'UTC', programName: null });
});
