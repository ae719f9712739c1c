import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantId } from '../server/domain/people/person.ts';
import { createVirtualClock } from '../server/sandbox/clock.ts';
import { openProgram } from '../server/simulation/drive-program.ts';
import { readRecords, type Records } from '../server/simulation/records.ts';
import { startBoth, type Both } from '../server/simulation/start-both.ts';

/*
 * A whole program as one story, over real protocols: a company of 60, twelve executives, a month of virtual time.
 */
const clock = createVirtualClock(Date.parse('2026-09-28T06:00:00Z'));
let both: Both;
let found: Records;

beforeAll(async () => {
  both = await startBoth({
    seed: 1,
    clock,
    people: 60,
    executives: 12,
    weeks: 8,
    sandboxPort: 0,
    serverPort: 0,
    sandboxFolder: null,
    databaseFolder: null,
    databaseUrl: null,
    graphVia: null,
    faultRate: 0,
    pageFolder: '',
    logLevel: 'error',
  });
  await openProgram(both, { programName: 'Reverse mentoring', cohortName: 'First cohort' });
  await clock.advanceTo(Date.parse('2026-10-30T18:00:00Z'));
  found = await readRecords(both.server.database.db, both.sandbox.tenantId as TenantId);
}, 180_000);
afterAll(() => both.close());

describe('a program, from the directory to the first feedback', () => {
  it('asks everybody in their chat, and most say yes', () => {
    const joined = found.participants.filter(({ state }) => state === 'joined');
    expect(joined.filter(({ side }) => side === 'mentee').length).toBeGreaterThanOrEqual(10);
    expect(joined.filter(({ side }) => side === 'mentor').length).toBeGreaterThanOrEqual(15);
  });

  it('asks an executive for a goal and for one proposal, hardly ever more', () => {
    const asks = found.participants
      .filter(({ side, state }) => side === 'mentee' && state === 'joined')
      .map((row) => row.asks);
    expect(asks.filter((n) => n <= 2).length).toBeGreaterThan(asks.length / 2);
  });

  it('books one recurring event a pair in the program mailbox, and its dates stand where the database says', () => {
    const booked = found.series.filter(({ state }) => state === 'confirmed');
    expect(booked.length).toBeGreaterThanOrEqual(6);
    const tagged = both.sandbox.world.exchange
      .tagged('InversoSeries')
      .filter(({ ownerId }) => ownerId === booked[0]?.organizerId);
    expect(new Set(tagged.map(({ tag }) => tag)).size).toBe(tagged.length);
    for (const series of booked) expect(tagged.some(({ tag }) => tag === series.key)).toBe(true);
  });

  it('asks for feedback only after sessions that stood, and stores one answer a person and date of a session', () => {
    expect(found.feedback.length).toBeGreaterThanOrEqual(4);
    const keys = found.feedback.map(({ personId, sessionId, attempt }) => `${personId} ${sessionId} ${attempt}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { sessionId } of found.requests) {
      const session = found.sessions.find((candidate) => candidate.sessionId === sessionId);
      // One that did not take place may be held again, later.
      if (session?.attempt === 1) expect(session.held).not.toBe('open');
    }
  });

  it('leaves nothing half written', () => {
    expect(found.openWrites).toBe(0);
  });
});
