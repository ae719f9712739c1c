import { describe, expect, it } from 'vitest';
import { matchCohort, type CohortMatching } from '../../../../server/domain/matching/match-cohort.ts';
import type { PinRefused } from '../../../../server/domain/matching/match-profiles.ts';
import type { MatchingResult } from '../../../../server/domain/matching/types.ts';
import type { Participant, Person, PersonId } from '../../../../server/domain/people/person.ts';
import type { LocalDate, ZoneId } from '../../../../server/domain/time/instant.ts';
import { makeDirectory, makeParticipant, makePerson } from './make-participant.ts';

const id = (text: string): PersonId => text as PersonId;
const startsOn = '2026-09-28' as LocalDate;

/** A chief, another chief, and staff below each. */
const people = makeDirectory(
  makePerson('ceo'),
  makePerson('boss', { managerId: id('ceo'), department: 'Sales', officeLocation: 'Milan' }),
  makePerson('chief', { managerId: id('ceo'), department: 'IT', officeLocation: 'Milan' }),
  makePerson('exec', { managerId: id('boss'), department: 'Sales', officeLocation: 'Milan' }),
  makePerson('sibling', { managerId: id('boss'), department: 'Sales', officeLocation: 'Milan' }),
  makePerson('report', { managerId: id('exec'), department: 'Sales', officeLocation: 'Milan' }),
  makePerson('lead', { managerId: id('chief'), department: 'IT', officeLocation: 'Warsaw' }),
  makePerson('staff', { managerId: id('lead'), department: 'IT', officeLocation: 'Warsaw' }),
  makePerson('orphan'),
);
const exec = makeParticipant('exec', {
  side: 'mentee',
  goals: [
    { topic: 'generative-ai', level: 3 },
    { topic: 'short-video', level: 4 },
  ],
});
const staff = makeParticipant('staff');
const alone = (mentor: Participant, mentee = exec, change: Partial<CohortMatching> = {}): MatchingResult =>
  matchCohort({
    mentees: [mentee],
    mentors: [mentor],
    people,
    startsOn,
    weeks: 24,
    pinned: [],
    seed: 1,
    ...change,
  });
/** The first rule that keeps the two apart, as a pin of them tells it; null: they may be matched. */
const ruleAgainst = (mentor: Participant, mentee = exec, change: Partial<CohortMatching> = {}): string | null => {
  try {
    alone(mentor, mentee, { ...change, pinned: [[mentee.personId, mentor.personId]] });
    return null;
  } catch (error) {
    return (error as PinRefused).rule;
  }
};

describe('hard rules', () => {
  it('let a pair through that breaks none, with the parts of its score and its reasons', () => {
    expect(ruleAgainst(staff)).toBeNull();
    const [pair] = alone(staff).pairs;
    // The first goal of two (weights 3 and 2) is covered, one of three interests, the first language, all of the week,
    // another department and office, style not known.
    expect(pair).toEqual({
      menteeId: 'exec',
      mentorId: 'staff',
      score: 270_000 + 150_000 + 90_000 + 26_666 + 30_000 + 50_000 + 25_000,
      parts: {
        goals: 270_000,
        overlap: 150_000,
        languages: 90_000,
        interests: 26_666,
        style: 30_000,
        department: 50_000,
        office: 25_000,
        country: 0,
        departmentPartnership: 0,
        motivation: 0,
        pastPair: 0,
      },
      reasons: expect.arrayContaining([{ code: 'goalsCovered', covered: ['generative-ai'], of: 2 }]) as unknown,
    });
  });
  it.each<[string, Participant, Participant?]>([
    ['samePerson', makeParticipant('exec')],
    ['reportingLine', makeParticipant('report')],
    ['reportingLine', makeParticipant('ceo')],
    ['siblings', makeParticipant('sibling')],
    ['seniorityGap', makeParticipant('chief')],
    ['noSharedLanguage', makeParticipant('staff', { languages: ['pl'] })],
    ['noOverlap', makeParticipant('staff', { timeZone: 'America/Los_Angeles' as ZoneId })],
    ['noGoalCovered', makeParticipant('staff', { skills: [{ topic: 'generative-ai', level: 2 }] })],
    ['noGoalCovered', staff, { ...exec, goals: [] }],
    ['paused', makeParticipant('staff', { isPaused: true })],
    ['paused', staff, { ...exec, isPaused: true }],
  ])('%s', (rule, mentor, mentee) => {
    expect(ruleAgainst(mentor, mentee)).toBe(rule);
    expect(alone(mentor, mentee).pairs).toEqual([]);
  });
  it('let an untrained mentor through, whose pair waits for the training, unless the program wants it before', () => {
    const untrained = makeParticipant('staff', { isTrained: false });
    expect(ruleAgainst(untrained)).toBeNull();
    const rules = { training: true };
    expect(ruleAgainst(untrained, exec, { rules })).toBe('notTrained');
    expect(alone(untrained, exec, { rules }).pairs).toEqual([]);
    expect(ruleAgainst(staff, exec, { rules })).toBeNull();
  });
  it('know the pairs of other cohorts for two years, whoever taught then', () => {
    const past = (menteeId: string, mentorId: string, endedOn: string | null) => ({
      past: [{ menteeId: id(menteeId), mentorId: id(mentorId), endedOn: endedOn as LocalDate | null }],
    });
    expect(ruleAgainst(staff, exec, past('exec', 'staff', '2025-06-01'))).toBe('pastPair');
    expect(ruleAgainst(staff, exec, past('staff', 'exec', null))).toBe('pastPair');
    expect(ruleAgainst(staff, exec, past('exec', 'staff', '2024-01-31'))).toBeNull();
    expect(ruleAgainst(staff, exec, past('exec', 'lead', null))).toBeNull();
  });
  it('follow the mode of the program', () => {
    expect(ruleAgainst(exec, staff)).toBe('seniorityGap');
    const taught = { ...staff, side: 'mentee' as const, goals: exec.goals };
    const teacher = { ...exec, side: 'mentor' as const, skills: staff.skills };
    expect(ruleAgainst(teacher, taught)).toBe('seniorityGap');
    expect(ruleAgainst(teacher, taught, { mode: 'traditional' })).toBeNull();
  });
  it('know excluded pairs and a minimum score', () => {
    expect(ruleAgainst(staff, exec, { forbidden: [[id('exec'), id('staff')]] })).toBe('excludedPair');
    expect(ruleAgainst(staff, exec, { rules: { minimumScore: 999_999 } })).toBe('minimumScore');
  });
  it('do not judge the seniority of somebody whose manager was never entered', () => {
    expect(ruleAgainst(makeParticipant('orphan'))).toBeNull();
  });
  it('never put a skill below the wanted level above one that reaches it', () => {
    const mentee = { ...exec, goals: [{ topic: 'generative-ai' as const, level: 5 }] };
    const goals = [1, 2, 3, 4, 5].map(
      (level) =>
        alone(makeParticipant('staff', { skills: [{ topic: 'generative-ai', level }] }), mentee, {
          rules: { goalCovered: false, minimumScore: 0 },
        }).pairs[0]!.parts.goals,
    );
    expect([...goals].sort((a, b) => a - b)).toEqual(goals);
    expect(goals[3]).toBeLessThanOrEqual(goals[4]! / 2);
  });
});

describe('matchCohort', () => {
  const TOPICS = ['generative-ai', 'short-video', 'data-literacy', 'remote-work'] as const;
  const ZONES = ['Europe/Rome', 'Europe/Warsaw', 'America/New_York'] as ZoneId[];
  /** Thirty mentors and ten executives under three chiefs. */
  function makeCohort(change: Partial<CohortMatching> = {}): CohortMatching {
    const directory: Person[] = [makePerson('top')];
    for (let i = 0; i < 3; i++) directory.push(makePerson(`chief${i}`, { managerId: id('top') }));
    const mentees = Array.from({ length: 10 }, (_, i) => {
      directory.push(makePerson(`m${i}`, { managerId: id(`chief${i % 3}`), department: `D${i % 3}` }));
      const goals = [
        { topic: TOPICS[i % 4]!, level: 1 + (i % 5) },
        { topic: TOPICS[(i + 1) % 4]!, level: 2 },
      ];
      return makeParticipant(`m${i}`, { side: 'mentee', goals, seats: i === 0 ? 2 : 1, timeZone: ZONES[i % 3]! });
    });
    const mentors = Array.from({ length: 30 }, (_, i) => {
      directory.push(makePerson(`s${i}`, { managerId: id(`m${i % 10}`), department: `D${(i * 7) % 5}` }));
      const skills = [
        { topic: TOPICS[(i * 3) % 4]!, level: 1 + ((i * 7) % 5) },
        { topic: TOPICS[(i + 1) % 4]!, level: 3 },
      ];
      return makeParticipant(`s${i}`, {
        skills: skills.slice(0, 1 + (i % 2)),
        seats: 1 + (i % 2),
        timeZone: ZONES[(i * 2) % 3]!,
      });
    });
    return {
      mentees,
      mentors,
      people: makeDirectory(...directory),
      startsOn,
      weeks: 24,
      pinned: [],
      seed: 1,
      ...change,
    };
  }

  it('gives everybody a mentor who may be theirs, with parts and reasons', () => {
    const input = makeCohort();
    const result = matchCohort(input);
    expect(result.seats).toBe(11);
    expect(result.unmatched).toEqual([]);
    for (const pair of result.pairs) {
      expect(Object.values(pair.parts).reduce((a, b) => a + b, 0)).toBe(pair.score);
      expect(pair.reasons[0]?.code).toBe('goalsCovered');
    }
    expect(result.total).toBe(result.pairs.reduce((sum, { score }) => sum + score, 0));
    expect(result.worst).toBe(Math.min(...result.pairs.map(({ score }) => score)));
  });

  it('does not depend on the order of the lists', () => {
    const input = makeCohort();
    const turned = { ...input, mentees: [...input.mentees].reverse(), mentors: [...input.mentors].reverse() };
    expect(matchCohort(turned)).toEqual(matchCohort(input));
  });

  it('keeps pins and exclusions', () => {
    const pinned = [[id('m3'), id('s7')]] as const;
    const result = matchCohort(makeCohort({ pinned }));
    expect(result.pairs.filter(({ menteeId }) => menteeId === 'm3').map(({ mentorId }) => mentorId)).toEqual(['s7']);
    const [first] = matchCohort(makeCohort()).pairs;
    const without = matchCohort(makeCohort({ forbidden: [[first!.menteeId, first!.mentorId]] }));
    expect(
      without.pairs.some(({ menteeId, mentorId }) => menteeId === first!.menteeId && mentorId === first!.mentorId),
    ).toBe(false);
  });

  it('refuses a pin that cannot be kept', () => {
    expect(() => matchCohort(makeCohort({ pinned: [[id('m3'), id('stranger')]] }))).toThrow('pinned');
    expect(() =>
      matchCohort(
        makeCohort({
          pinned: [
            [id('m0'), id('s1')],
            [id('m0'), id('s1')],
          ],
        }),
      ),
    ).toThrow('pinned');
    expect(() =>
      matchCohort(
        makeCohort({
          pinned: [
            [id('m3'), id('s1')],
            [id('m3'), id('s2')],
          ],
        }),
      ),
    ).toThrow('pinned');
  });

  it('says why somebody stays without a mentor', () => {
    const input = makeCohort();
    const mentees = input.mentees.map((mentee, i) =>
      i === 4 ? { ...mentee, goals: [{ topic: 'cybersecurity-habits' as const, level: 3 }] } : mentee,
    );
    const [unmatched] = matchCohort({ ...input, mentees }).unmatched;
    expect(unmatched).toMatchObject({
      personId: 'm4',
      reasons: [{ code: 'nobodyOffers', skills: ['cybersecurity-habits'] }],
    });
  });

  it('says so of somebody whose mentors are all taken', () => {
    const input = makeCohort();
    const mentees = input.mentees.map((mentee) => ({
      ...mentee,
      seats: 1,
      timeZone: ZONES[0]!,
      goals: [{ topic: 'short-video' as const, level: 1 }],
    }));
    const mentors = input.mentors
      .slice(0, 12)
      .map((mentor) => ({
        ...mentor,
        seats: 1,
        timeZone: ZONES[0]!,
        skills: [{ topic: 'short-video' as const, level: 3 }],
      }))
      .slice(0, 3);
    const result = matchCohort({ ...input, mentees, mentors });
    expect(result.seats).toBe(3);
    expect(result.unmatched).toHaveLength(7);
    expect(result.unmatched.some(({ reasons }) => reasons[0]?.code === 'allTaken')).toBe(true);
  });
});
