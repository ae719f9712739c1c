import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownDataReply, type OwnDataReply } from '../../../server/contract/own-data.ts';
import { PAIR_STATES } from '../../../server/contract/vocabulary.ts';
import { erasePerson } from '../../../server/db/erase-person.ts';
import { closeErasure, keepErasure } from '../../../server/db/erasures.ts';
import { PERSONAL_COLUMNS } from '../../../server/db/personal-columns.ts';
import { addToRunLog } from '../../../server/db/run-log.ts';
import { at, json } from '../../../server/db/schema.ts';
import { addActionRow, keepNoteRow } from '../../../server/db/session-work.ts';
import { addOffer } from '../../../server/db/session-offers.ts';
import { loadTenant } from '../../../server/db/tenants.ts';
import { ownPairState } from '../../../server/domain/matching/own-pair-state.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { DAY, plus, toIso, type LocalDate } from '../../../server/domain/time/instant.ts';
import { exportOwnData } from '../../../server/use-cases/people/export-own-data.ts';
import { recordFeedback } from '../../../server/use-cases/sessions/record-feedback.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort, pair, participant } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START, type Stage } from '../../make/server.ts';
import { bookedPair, firstOf, type Booked } from '../../make/session.ts';

const db = useDatabase();
let stage: Stage;
let booked: Booked;
const elio = person('Elio Executive', { department: 'Board' });
const hanna = person('Hanna Helper');
const dora = person('Dora Director');
const stranger = newId() as PersonId;

const exportOf = (personId: PersonId): Promise<OwnDataReply> =>
  exportOwnData(stage, { tenantId: stage.tenantId, personId });
const isEmpty = (value: unknown): boolean => (Array.isArray(value) ? value.length === 0 : value === null);

/** Columns of tables, as the database itself lists them. */
const readColumns = (): Promise<{ table: string; column: string; type: string }[]> =>
  stage.tx(
    async (tx) =>
      (
        await sql<{ table: string; column: string; type: string }>`
          select c.table_name as "table", c.column_name as "column", c.data_type as "type"
          from information_schema.columns c
          where c.table_schema = 'public' and exists (
            select 1 from information_schema.columns t
            where t.table_schema = 'public' and t.table_name = c.table_name and t.column_name = 'tenant_id')`.execute(
          tx,
        )
      ).rows,
  );

/** One person with something of theirs in every table: a mentee, a mentor, an assistant, an organizer, an administrator. */
beforeAll(async () => {
  stage = await setStage(db());
  const { tenantId } = stage;
  const cohortId = await cohort(stage);
  const mentee = await participant(stage, cohortId, 'mentee', elio);
  booked = await bookedPair(stage, undefined, { cohortId, mentee });
  for (const [who, side] of [
    [elio, 'mentor'],
    [dora, 'mentee'],
    [hanna, 'mentor'],
  ] as const)
    await participant(stage, cohortId, side, who);
  await pair(stage, 'mentorAsked', { cohortId, mentor: elio, mentee: dora });
  stage.clock.set(firstOf(booked).endsAt);
  const said = { tookPlace: true, usefulness: 4, noteReader: 'partner' as const };
  for (const [{ personId }, note] of [
    [elio, 'CANARY-OWN-LINE'],
    [booked.mentor, 'CANARY-PARTNER-LINE'],
  ] as const) {
    const input = { tenantId, personId, sessionId: firstOf(booked).sessionId, via: 'page' as const };
    await recordFeedback(stage, { ...input, body: { ...said, usefulness: personId === elio.personId ? 4 : 2, note } });
  }
  const { personId } = elio;
  const now = stage.clock.now();
  await stage.tx(async (tx) => {
    await tx
      .insertInto('administrators')
      .values({ tenantId, personId, addedAt: at(START) })
      .execute();
    await tx.insertInto('installations').values({ tenantId, personId, state: 'done' }).execute();
    for (const [menteeId, assistantId] of [
      [personId, hanna.personId],
      [dora.personId, personId],
    ] as const)
      await tx
        .insertInto('assistants')
        .values({ tenantId, menteeId, assistantId, namedAt: at(START) })
        .execute();
    const mailbox = { tenantId, mailboxId: personId };
    await tx
      .insertInto('mailboxMarks')
      .values({ ...mailbox, readAt: at(START), dueAt: at(START) })
      .execute();
    await tx
      .insertInto('mailboxPauses')
      .values({ ...mailbox, notBefore: at(START) })
      .execute();
    await tx
      .insertInto('mailboxSends')
      .values({ ...mailbox, writeId: newId(), attempt: 1, sentAt: at(START), messages: 2 })
      .execute();
    await tx
      .insertInto('subscriptions')
      .values({ ...mailbox, clientState: 'CANARY-SECRET', state: 'active', expiresAt: at(now), dueAt: at(now) })
      .execute();
    await tx.updateTable('series').set({ organizerId: personId }).where('pairId', '=', booked.pairId).execute();
    await tx.updateTable('calendarWrites').set({ organizerId: personId }).execute();
    await tx.updateTable('cohorts').set({ createdBy: personId, safeContactId: personId }).execute();
    await tx
      .insertInto('finishedModules')
      .values({ tenantId, personId, module: 'trust', finishedAt: at(START) })
      .execute();
    const asked = { tenantId, cohortId, askedOn: '2026-10-06' as LocalDate };
    await tx
      .insertInto('contactRequests')
      .values([
        { ...asked, personId, contactId: hanna.personId },
        { ...asked, personId: dora.personId, contactId: personId },
      ])
      .execute();
    const of = { tenantId, sessionId: firstOf(booked).sessionId, now };
    await keepNoteRow(tx, { ...of, personId, share: 'onlyMe', text: 'CANARY-OWN-LINE' });
    await keepNoteRow(tx, {
      ...of,
      personId: booked.mentor.personId,
      share: 'partner',
      text: 'CANARY-PARTNER-LINE',
    });
    await addActionRow(tx, { ...of, pairId: booked.pairId, personId, text: 'CANARY-OWN-LINE' });
    const [, second, third] = booked.sessions;
    const offered = { tenantId, pairId: booked.pairId, because: 'conflict' as const, answerBy: now, now };
    await addOffer(tx, { ...offered, sessionId: second!.sessionId, starts: [plus(now, DAY)], askedOf: personId });
    const askedOf = booked.mentor.personId;
    await addOffer(tx, { ...offered, sessionId: third!.sessionId, starts: [plus(now, DAY)], askedOf });
    await tx
      .updateTable('sessionOffers')
      .set({ state: 'answered', chosen: 0, answeredBy: personId, answeredAt: at(now) })
      .where('sessionId', '=', third!.sessionId)
      .execute();
    await tx
      .insertInto('matchRuns')
      .values({
        tenantId,
        runId: newId(),
        cohortId,
        at: at(START),
        seats: 1,
        worst: null,
        total: 0,
        blockingPairs: 0,
        unmatched: json([{ personId, reasons: [] }]),
      })
      .execute();
    await tx
      .insertInto('matchWishes')
      .values([
        { tenantId, cohortId, menteeId: personId, mentorId: hanna.personId, wish: 'pinned', wishedAt: at(START) },
        { tenantId, cohortId, menteeId: dora.personId, mentorId: personId, wish: 'forbidden', wishedAt: at(START) },
      ])
      .execute();
    await addToRunLog(tx, tenantId, { at: START, kind: 'joined', detail: { name: elio.displayName } });
  });
});

describe('the export of one’s own data', () => {
  test('holds what the person said and what was done for them', async () => {
    const data = ownDataReply.parse(await exportOf(elio.personId));
    expect(Object.entries(data).filter(([, value]) => isEmpty(value))).toEqual([['erasure', null]]);
    expect(data.person).toMatchObject({ displayName: 'Elio Executive', department: 'Board' });
    expect(data.participations.find(({ side }) => side === 'mentee')).toMatchObject({
      programName: 'Reverse mentoring',
      goals: [{ topic: 'generative-ai', level: 2 }, {}],
      timeZone: 'Europe/Rome',
    });
    expect(data.pairs.find(({ side }) => side === 'mentee')).toMatchObject({
      partnerName: 'Mia Mentor',
      state: 'booked',
      sessions: booked.sessions.map(({ number, startsAt }) => ({ number, start: toIso(startsAt) })),
    });
    expect(data.feedback).toMatchObject([{ usefulness: 4, note: 'CANARY-OWN-LINE', noteReader: 'partner' }]);
    expect(data.assistants).toMatchObject([{ displayName: 'Hanna Helper' }]);
    expect(data.newTimes.map(({ chosen }) => chosen)).toContain(toIso(plus(stage.clock.now(), DAY)));
  });

  test('holds nothing that others wrote or answered, and of them no more than a name', async () => {
    const text = JSON.stringify(await exportOf(elio.personId));
    for (const theirs of ['CANARY-PARTNER-LINE', '"usefulness":2', 'CANARY-SECRET']) expect(text).not.toContain(theirs);
    for (const other of [booked.mentor, hanna, dora])
      for (const theirs of [other.personId, other.mail!]) expect(text).not.toContain(theirs);
    const mentors = JSON.stringify(await exportOf(booked.mentor.personId));
    expect(mentors).toContain('CANARY-PARTNER-LINE');
    for (const theirs of ['CANARY-OWN-LINE', '"usefulness":4', elio.personId]) expect(mentors).not.toContain(theirs);
  });

  test('says nothing to somebody of whom nothing is kept', async () => {
    const { exportedAt, ...rest } = await exportOf(stranger);
    expect(exportedAt).toBe(toIso(stage.clock.now()));
    expect(Object.values(rest).every(isEmpty)).toBe(true);
  });
});

describe('what is exported is what is erased', () => {
  test('every id in every table is either named as a person’s or known as something else', async () => {
    /** Columns that hold an id of something that is no person, or of people in rows that are somebody else's. */
    const OTHER = new Set([
      ...[
        'tenant_id',
        'cohort_id',
        'program_id',
        'pair_id',
        'series_id',
        'session_id',
        'write_id',
        'message_id',
        'action_id',
      ],
      ...['run_id', 'entry_id', 'subject_id', 'key', 'catalog_app_id', 'mentee_group_id', 'mentor_group_id'],
      // The program's mailbox is nobody's.
      'tenants.program_mailbox_id',
      // Who reports to them: the others' rows. In their own it is exported.
      'people.manager_id',
      // A mark that gives no id back, and the wish itself: `erasure` in the export.
      'erasures.mark',
      'erasures.person_id',
    ]);
    const ids = (await readColumns()).filter(({ type }) => type === 'uuid');
    const named = new Set(PERSONAL_COLUMNS.map(({ table, column }) => `${table}.${column}`));
    expect(
      ids
        .map(({ table, column }) => ({ column, full: `${table}.${column}` }))
        .filter(({ column, full }) => !named.has(full) && !OTHER.has(full) && !OTHER.has(column))
        .map(({ full }) => full),
    ).toEqual([]);
    const all = new Set(ids.map(({ table, column }) => `${table}.${column}`));
    expect([...named].filter((full) => !all.has(full))).toEqual([]);
  });

  test.each(PERSONAL_COLUMNS.map((each) => [`${each.table}.${each.column}`, each] as const))(
    'without what %s says, the export is another',
    async (_name, { table, column, inExport }) => {
      const { personId } = elio;
      const before = (await exportOf(personId))[inExport];
      const put = (from: string, to: string): Promise<number> =>
        stage.tx(async (tx) => {
          const set = sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ${sql.ref(column)} = ${from}`;
          return Number((await set.execute(tx)).numAffectedRows);
        });
      expect(await put(personId, stranger)).toBeGreaterThan(0);
      expect((await exportOf(personId))[inExport]).not.toEqual(before);
      await put(stranger, personId);
      expect((await exportOf(personId))[inExport]).toEqual(before);
    },
  );

  /** What of the person's own rows is not in the export under its name, and why. */
  const LEFT_OUT: Record<string, readonly string[]> = {
    people: ['tenant_id'],
    // The cohort has its name there.
    participants: ['tenant_id', 'cohort_id', 'person_id'],
    // The session stands there by its start, which tells its dates apart, too; the side is that of the pair.
    feedback: ['tenant_id', 'session_id', 'person_id', 'side', 'attempt'],
    feedback_requests: ['tenant_id', 'session_id', 'person_id', 'side', 'attempt'],
    // The address of Microsoft's service is not about anybody.
    conversations: ['tenant_id', 'person_id', 'service_url'],
  };
  test.each([
    ['people', 'person'],
    ['participants', 'participations'],
    ['feedback', 'feedback'],
    ['feedback_requests', 'feedbackAsked'],
    ['conversations', 'chat'],
  ] as const)('every column of %s is in it', async (table, part) => {
    const data = await exportOf(elio.personId);
    const [row] = [data[part]].flat();
    const names = Object.keys(row as object);
    const camel = (name: string): string => name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
    const columns = (await readColumns()).filter((one) => one.table === table).map(({ column }) => column);
    expect(columns.length).toBeGreaterThan(5);
    expect(columns.filter((column) => !LEFT_OUT[table]!.includes(column) && !names.includes(camel(column)))).toEqual(
      [],
    );
  });

  test('once somebody is erased, nothing is left but that they asked for it', async () => {
    const { personId } = elio;
    const now = stage.clock.now();
    await stage.tx(async (tx) => {
      const tenant = await loadTenant(tx);
      await keepErasure(tx, tenant, personId, now);
      await erasePerson(tx, personId, newId());
      await closeErasure(tx, tenant, personId, now);
    });
    const { exportedAt: _at, erasure, ...rest } = await exportOf(personId);
    expect(Object.entries(rest).filter(([, value]) => !isEmpty(value))).toEqual([]);
    expect(erasure).toEqual({ askedAt: toIso(now), doneAt: toIso(now) });
    // The other one still has theirs, without the name.
    const mentors = await exportOf(booked.mentor.personId);
    expect(mentors.pairs).toMatchObject([{ partnerName: null }]);
    expect(JSON.stringify(mentors)).not.toContain('Elio');
  });
});

describe('how far a pair has come, as one of the two may know it', () => {
  const of = (side: 'mentor' | 'mentee', isOffered: boolean) =>
    Object.fromEntries(PAIR_STATES.map((state) => [state, ownPairState(side, state, { isOffered, isAgreed: false })]));

  test('an executive cannot tell a mentor’s no from a match nobody was asked about', () => {
    const { proposed, mentorAsked, mentorDeclined, mentorAgreed, noSlot, waiting, closed } = of('mentee', false);
    expect(new Set([proposed, mentorAsked, mentorDeclined, mentorAgreed, noSlot, waiting, closed])).toEqual(
      new Set([null]),
    );
  });

  test('a mentor cannot tell what the executive said after their own yes', () => {
    const { mentorAgreed, noSlot, menteeAsked, menteeDeclined, waiting } = of('mentor', true);
    expect(new Set([mentorAgreed, noSlot, menteeAsked, menteeDeclined, waiting])).toEqual(new Set(['answered']));
  });

  test('each knows their own no', () => {
    expect(of('mentor', false)).toMatchObject({ mentorDeclined: 'declined' });
    expect(of('mentee', true)).toMatchObject({ menteeDeclined: 'declined' });
  });
});
