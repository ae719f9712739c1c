import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Participant, Person, PersonId } from '../../../../server/domain/people/person.ts';
import type { LocalDate, ZoneId } from '../../../../server/domain/time/instant.ts';
import { buildContext } from '../../../../server/domain/matching/context.ts';
import { brokenRules } from '../../../../server/domain/matching/eligible.ts';
import { explainPair, explainUnmatched, reasonsForSide } from '../../../../server/domain/matching/explain.ts';
import { matchCohort, type CohortMatching } from '../../../../server/domain/matching/match-cohort.ts';
import { measureOverlaps } from '../../../../server/domain/matching/overlap.ts';
import { scorePair, WEIGHTS } from '../../../../server/domain/matching/score.ts';
import { SCORE_MAX, type HardRule } from '../../../../server/domain/matching/types.ts';
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
const context = buildContext({ people, startsOn, weeks: 24 });
const exec = makeParticipant('exec', {
  side: 'mentee',
  goals: [
    { topic: 'generative-ai', level: 3 },
    { topic: 'short-video', level: 4 },
  ],
});
const staff = makeParticipant('staff');
const rules = (mentor: Participant, mentee = exec, within = context): HardRule[] =>
  brokenRules(mentor, mentee, within, scorePair(mentor, mentee, within).score);

describe('hard rules', () => {
  it('let a pair through that breaks none', () => {
    expect(rules(staff)).toEqual([]);
  });
  it.each<[HardRule, Participant, Participant?]>([
    ['samePerson', makeParticipant('exec')],
    ['reportingLine', makeParticipant('report')],
    ['reportingLine', makeParticipant('ceo')],
    ['siblings', makeParticipant('sibling')],
    ['seniorityGap', makeParticipant('chief')],
    ['noSharedLanguage', makeParticipant('staff', { languages: ['pl'] })],
    ['noOverlap', makeParticipant('staff', { timeZone: 'America/Los_Angeles' as ZoneId })],
    ['noGoalCovered', makeParticipant('staff', { skills: [{ topic: 'generative-ai', level: 2 }] })],
    ['noGoalCovered', staff, { ...exec, goals: [] }],
    ['notTrained', makeParticipant('staff', { isTrained: false })],
    ['paused', makeParticipant('staff', { isPaused: true })],
    ['paused', staff, { ...exec, isPaused: true }],
  ])('%s', (rule, mentor, mentee) => {
    expect(rules(mentor, mentee)).toContain(rule);
  });
  it('know past and excluded pairs, and a minimum score', () => {
    const pair = [[id('exec'), id('staff')]] as const;
    expect(rules(staff, exec, buildContext({ people, startsOn, weeks: 24, past: pair }))).toEqual(['pastPair']);
    expect(rules(staff, exec, buildContext({ people, startsOn, weeks: 24, forbidden: pair }))).toEqual([
      'excludedPair',
    ]);
    expect(rules(staff, exec, buildContext({ people, startsOn, weeks: 24, rules: { minimumScore: 999_999 } }))).toEqual(
      ['minimumScore'],
    );
  });
  it('do not judge the seniority of somebody whose manager was never entered', () => {
    expect(rules(makeParticipant('orphan'))).toEqual([]);
    expect(rules(makeParticipant('ceo'))).toContain('seniorityGap');
  });
});

describe('measureOverlaps', () => {
  const worker = (timeZone: string, hours?: [string, string]) => ({
    timeZone: timeZone as ZoneId,
    workingHours: hours
      ? Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, [hours]]))
      : null,
  });
  const overlap = measureOverlaps(startsOn, 24);
  it('is a whole week for two people who work alike', () => {
    expect(overlap(worker('Europe/Rome'), worker('Europe/Warsaw'))).toEqual({
      minutesPerWeek: 2_400,
      minutesPerDay: 480,
    });
  });
  it('counts the worst week: Rome and New York are six hours apart, and five for a week in autumn and two in spring', () => {
    expect(overlap(worker('Europe/Rome'), worker('America/New_York')).minutesPerDay).toBe(120);
    // With Phoenix, which never changes its clock, Rome has an hour less in summer.
    const late = worker('Europe/Rome', ['10:00', '19:00']);
    expect(overlap(late, worker('America/Phoenix')).minutesPerDay).toBe(60);
    expect(measureOverlaps('2026-12-07' as LocalDate, 4)(late, worker('America/Phoenix')).minutesPerDay).toBe(120);
  });
  it('is exact across the date line and for half hours', () => {
    expect(overlap(worker('Asia/Kathmandu'), worker('Asia/Kolkata')).minutesPerDay).toBe(465);
    expect(overlap(worker('Pacific/Auckland'), worker('Europe/Rome')).minutesPerWeek).toBe(0);
  });
});

describe('scorePair', () => {
  it('has weights that sum to one million', () => {
    expect(Object.values(WEIGHTS).reduce((a, b) => a + b, 0)).toBe(SCORE_MAX);
  });
  it('adds its parts up', () => {
    const { score, parts } = scorePair(staff, exec, context);
    // The first goal of two (weights 3 and 2) is covered, one of three interests, the first language, all of the week.
    expect(parts).toEqual({
      goals: 312_000,
      interests: 30_000,
      languages: 100_000,
      overlap: 180_000,
      difference: 110_000,
    });
    expect(score).toBe(732_000);
  });
  it('is a whole number from 0 to 1,000,000 for anybody', () => {
    const level = fc.integer({ min: 1, max: 5 });
    const topic = fc.constantFrom('generative-ai' as const, 'short-video' as const, 'data-literacy' as const);
    const list = fc.uniqueArray(fc.record({ topic, level }), { selector: (item) => item.topic, maxLength: 3 });
    const words = fc.subarray(['Chess', 'Running', 'Cinema', 'Music', 'Hiking']);
    const languages = fc.subarray(['it', 'en', 'pl']);
    const zone = fc.constantFrom('Europe/Rome', 'America/New_York', 'Asia/Kathmandu') as fc.Arbitrary<ZoneId>;
    const someone = fc.record({ skills: list, goals: list, interests: words, languages, timeZone: zone });
    fc.assert(
      fc.property(someone, someone, (a, b) => {
        const { score, parts } = scorePair(makeParticipant('staff', a), makeParticipant('exec', b), context);
        expect(Number.isInteger(score) && score >= 0 && score <= SCORE_MAX).toBe(true);
        expect(Object.values(parts).reduce((x, y) => x + y, 0)).toBe(score);
        expect(Object.values(parts).every(Number.isInteger)).toBe(true);
      }),
      { seed: 5 },
    );
  });
  it('never puts a skill below the wanted level above one that reaches it', () => {
    const mentee = makeParticipant('exec', { goals: [{ topic: 'generative-ai', level: 5 }] });
    const goals = [1, 2, 3, 4, 5].map(
      (level) =>
        scorePair(makeParticipant('staff', { skills: [{ topic: 'generative-ai', level }] }), mentee, context).parts
          .goals,
    );
    expect([...goals].sort((a, b) => a - b)).toEqual(goals);
    expect(goals[3]).toBeLessThanOrEqual(goals[4]! / 2);
  });
});

describe('reasons', () => {
  it('name what fits, and the partner’s department to each side', () => {
    const reasons = explainPair(staff, exec, context);
    expect(reasons).toEqual([
      { code: 'goalsCovered', covered: ['generative-ai'], of: 2 },
      { code: 'sharedLanguages', languages: ['it', 'en'] },
      { code: 'sharedInterests', interests: ['Chess'] },
      { code: 'overlapHours', hoursPerWeek: 40 },
      { code: 'otherDepartment', department: 'IT', menteeDepartment: 'Sales' },
      { code: 'otherOffice', office: 'Warsaw', menteeOffice: 'Milan' },
    ]);
    expect(reasonsForSide(reasons, 'mentor').slice(4)).toMatchObject([{ department: 'Sales' }, { office: 'Milan' }]);
    expect(reasonsForSide(reasons, 'mentee')).toEqual(reasons);
  });
  it('for the unmatched count the rules, most frequent first', () => {
    expect(explainUnmatched([['noOverlap'], ['noOverlap', 'noGoalCovered'], ['siblings']])).toEqual([
      { rule: 'noOverlap', mentors: 2 },
      { rule: 'siblings', mentors: 1 },
      { rule: 'noGoalCovered', mentors: 1 },
    ]);
    expect(explainUnmatched([['noOverlap'], []])).toEqual([]);
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
    const judged = buildContext(input);
    for (const pair of result.pairs) {
      const mentor = input.mentors.find(({ personId }) => personId === pair.mentorId)!;
      const mentee = input.mentees.find(({ personId }) => personId === pair.menteeId)!;
      expect(brokenRules(mentor, mentee, judged, pair.score)).toEqual([]);
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
      reasons: [{ rule: 'noGoalCovered', mentors: 30 }, expect.anything()],
    });
  });

  it('leaves the reasons empty for somebody whose mentors are all full', () => {
    const input = makeCohort();
    const mentors = input.mentors.slice(0, 12).map((mentor) => ({ ...mentor, seats: 0 }));
    const mentees = input.mentees.map((mentee) => ({
      ...mentee,
      goals: [{ topic: 'short-video' as const, level: 1 }],
    }));
    const result = matchCohort({ ...input, mentees, mentors });
    expect(result).toMatchObject({ pairs: [], seats: 0, worst: null, total: 0 });
    expect(result.unmatched.some(({ reasons }) => reasons.length === 0)).toBe(true);
  });
});
