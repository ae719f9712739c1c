import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerTo, COMPANY, faultsOf, fileOf, folder, goal } from './match/run-match.ts';
import { startCommand } from './run-command.ts';

describe('inverso match, as a command', () => {
  it('reads stdin and prints the result alone', async () => {
    const command = startCommand(['match', '-', '--seed', '3'], {});
    command.process.stdin!.end(JSON.stringify(COMPANY));
    expect(await command.ended).toBe(0);
    expect(command.err()).toBe('');
    expect(JSON.parse(command.out())).toMatchObject({ seats: 2, blockingPairs: expect.any(Number) as number });
  });

  it('ends with 2 and one fault a line, and writes nothing', async () => {
    const out = join(folder, 'never');
    const file = fileOf({ ...COMPANY, mentors: [{ id: 'ada', capacity: 4, timeZone: 'Europe/Rom' }, {}] });
    const command = startCommand(['match', file, '--scores-out', out], {});
    expect(await command.ended).toBe(2);
    expect(command.out()).toBe('');
    const lines = command.err().trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { path: string }).path)).toEqual([
      'mentors.0.capacity',
      'mentors.1.id',
    ]);
    expect(() => readFileSync(out)).toThrow('ENOENT');
  });

  it('says in one sentence that the scores cannot be written', async () => {
    const out = join(folder, 'missing', 'scores');
    const command = startCommand(['match', fileOf(COMPANY), '--scores-out', out], {});
    expect(await command.ended).toBe(1);
    expect(command.out()).toBe('');
    expect(command.err()).toBe(`The scores cannot be written to ${out}: its folder does not exist.\n`);
  });
});

describe('the result', () => {
  it('keeps the hard rules, and its parts sum to the score', async () => {
    const { pairs, unmatched, seats, worst, total } = await answerTo(COMPANY);
    expect(pairs.map(({ mentee, mentor }) => [mentee, mentor])).toEqual([
      ['chief', 'ben'],
      ['head', 'ada'],
    ]);
    for (const { score, parts } of pairs) expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(score);
    const scores = pairs.map(({ score }) => score);
    expect({ seats, worst, total }).toEqual({ seats: 2, worst: Math.min(...scores), total: scores[0]! + scores[1]! });
    expect(unmatched).toEqual([]);
  });

  it('gives reasons as codes, a pair’s as the mentee reads them', async () => {
    const { pairs } = await answerTo(COMPANY);
    expect(pairs[0]!.reasons).toContainEqual({ code: 'goalsCovered', covered: ['generative-ai'], of: 2 });
    expect(pairs[0]!.reasons).toContainEqual({ code: 'otherDepartment', department: 'IT', menteeDepartment: 'Sales' });
  });

  it('explains in sentences, the topics to the mentee alone', async () => {
    const { pairs } = await answerTo({ ...COMPANY, pinned: [['chief', 'ada']] }, '--explain');
    const { mentee, mentor } = pairs.find((pair) => pair.mentor === 'ada')!.reasons as Record<string, string[]>;
    expect(mentee).toContainEqual(expect.stringMatching(/1 of your 2 goals: Rust & co\.$/));
    expect(mentee).toContainEqual(expect.stringMatching(/another department: IT\.$/));
    expect(mentor).toContainEqual(expect.stringMatching(/another department: Sales\.$/));
    expect(mentor!.join(' ')).not.toContain('Rust');
    for (const sentence of [...mentee!, ...mentor!]) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });

  it('says why somebody has nobody', async () => {
    const input = { ...COMPANY, mentees: [{ ...COMPANY.mentees[1], goals: [goal('short-video')] }] };
    expect((await answerTo(input)).unmatched).toEqual([
      { id: 'head', reasons: expect.arrayContaining([{ code: 'nobodyOffers', skills: ['short-video'] }]) as unknown },
    ]);
    expect((await answerTo(input, '--explain')).unmatched[0]!.reasons).toContainEqual(
      expect.stringMatching(/^Nobody .+: short video\.$/),
    );
  });

  it('says what a pin and a ban cost', async () => {
    const [chief, head] = COMPANY.mentees;
    const input = { ...COMPANY, mentees: [{ ...chief, wants: 1 }, head], pinned: [['chief', 'ada']] };
    const { prices, seats } = await answerTo({ ...input, forbidden: [['chief', 'ben']] }, '--explain');
    expect(seats).toBe(1);
    // Without the pin: chief with nobody but ada, or, were ben not forbidden, with ben.
    expect(prices).toMatchObject([
      { kind: 'pinned', pair: ['chief', 'ada'], seats: 0, lost: [['head', 'ada']] },
      { kind: 'forbidden', pair: ['chief', 'ben'], seats: 0, gained: [], sentences: ['Nothing changes.'] },
    ]);
    expect(prices![0]!.sentences.join(' ')).toContain('head loses the pair with ada.');
    expect(await answerTo(input)).not.toHaveProperty('prices');
  });

  it('offers a choice in modes in which people choose', async () => {
    const [chief, head] = COMPANY.mentees;
    const program = { ...COMPANY.program, mode: 'crossFunctional' };
    const mentees = [{ ...chief, wants: 1 }, head];
    const { shortLists } = await answerTo({ ...COMPANY, program, mentees }, '--explain');
    // Only `ada` fits the head: the chief is not offered her.
    expect(shortLists).toEqual([
      { mentee: 'chief', mentors: ['ben'] },
      { mentee: 'head', mentors: ['ada'] },
    ]);
    expect(await answerTo({ ...COMPANY, mentees }, '--explain')).not.toHaveProperty('shortLists');
  });

  it.each([
    ['it', 'Nessuno offre ancora questo al livello desiderato: video brevi.'],
    ['uk', 'Поки що ніхто не пропонує цього на бажаному рівні: короткі відео.'],
    ['pt-BR', 'Ninguém oferece isto ainda no nível desejado: vídeos curtos.'],
  ])('says it in the language that is asked for: %s', async (language, sentence) => {
    const input = { ...COMPANY, mentees: [{ ...COMPANY.mentees[1], goals: [goal('short-video')] }] };
    const { unmatched } = await answerTo(input, '--explain', '--language', language);
    expect(unmatched[0]!.reasons).toContain(sentence);
  });

  it('says nothing that turns the line or calls somebody, whatever a skill is called', async () => {
    const skill = 'a\u202eb<at>CEO</at>';
    const mentees = [{ ...COMPANY.mentees[0], goals: [goal(skill)] }];
    const input = { ...COMPANY, mentees, mentors: [{ ...COMPANY.mentors[0], skills: [goal(skill)] }] };
    const { mentee } = (await answerTo(input, '--explain')).pairs[0]!.reasons as { mentee: string[] };
    expect(mentee.join()).toContain('ab‹at›CEO‹/at›');
  });

  it('is the same for the same seed, and for any order of the lists', async () => {
    const twins = Array.from({ length: 6 }, (_, i) => ({ ...COMPANY.mentors[1]!, id: `twin${i}` }));
    const input = { ...COMPANY, mentees: [COMPANY.mentees[1]], mentors: twins };
    const mentorFor = async (seed: number, mentors = twins) =>
      (await answerTo({ ...input, mentors }, '--seed', String(seed))).pairs[0]!.mentor;
    const chosen = new Set<string>();
    for (let seed = 0; seed < 12; seed++) {
      const mentor = await mentorFor(seed);
      expect(await mentorFor(seed, [...twins].reverse())).toBe(mentor);
      chosen.add(mentor);
    }
    // The seed decides, not the place in the list.
    expect(chosen.size).toBeGreaterThan(1);
  });

  it('follows the settings of the program', async () => {
    const only = (rules: object) => answerTo({ ...COMPANY, program: { ...COMPANY.program, rules } });
    expect((await only({ minimumScore: 1_000_000 })).seats).toBe(0);
    expect((await only({ seniorityGap: 4 })).seats).toBe(0);
    expect((await only({ reportingLine: false })).pairs.map(({ mentor }) => mentor).sort()).toEqual([
      'ada',
      'ben',
      'cy',
    ]);
    const weights = { goals: 1_000_000, overlap: 0, languages: 0, interests: 0, style: 0, department: 0 };
    const goalsAlone = { ...weights, office: 0, country: 0, departmentPartnership: 0, motivation: 0 };
    const { pairs } = await answerTo({ ...COMPANY, program: { ...COMPANY.program, weights: goalsAlone } });
    expect(pairs.map(({ score }) => score)).toEqual([500_000, 1_000_000]);
  });

  it.each([
    { mentees: [], mentors: [] },
    { mentees: [], mentors: COMPANY.mentors },
    { mentees: COMPANY.mentees, mentors: [] },
  ])('is empty without anybody to match: %#', async (people) => {
    const result = await answerTo({ ...COMPANY, ...people }, '--explain');
    expect(result).toMatchObject({ pairs: [], seats: 0, worst: null, total: 0, blockingPairs: 0 });
    expect(result.unmatched.map(({ id }) => id).sort()).toEqual(people.mentees.map(({ id }) => id).sort());
  });
});

describe('an untidy directory', () => {
  it('may hold circles, orphans, and lack the participants', async () => {
    const circle = [
      { id: 'chief', managerId: 'ben' },
      { id: 'ben', managerId: 'x' },
      { id: 'x', managerId: 'chief' },
      { id: 'self', managerId: 'self' },
      { id: 'head', managerId: 'nobody' },
    ];
    const { pairs } = await answerTo({ ...COMPANY, organization: circle });
    // In a circle each stands above the other; about `ada` and `cy` the directory tells nothing.
    expect(pairs.map(({ mentee, mentor }) => `${mentee} ${mentor}`)).toEqual(['chief cy', 'head ada']);
    expect((await answerTo({ ...COMPANY, organization: [] })).seats).toBe(3);
  });

  it('has whoever is listed without a manager at the top', async () => {
    const organization = COMPANY.organization.map((entry) => (entry.id === 'ada' ? { id: 'ada' } : entry));
    const { pairs, unmatched } = await answerTo({ ...COMPANY, organization }, '--explain');
    expect(pairs.filter(({ mentor }) => mentor === 'ada')).toEqual([]);
    expect(unmatched.find(({ id }) => id === 'head')?.reasons).toContainEqual(
      expect.stringContaining('distance in rank'),
    );
  });

  it('may hold a chain of 50,000 managers', async () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => ({ id: `m${i}`, managerId: i === 0 ? null : `m${i - 1}` }));
    const people = {
      mentees: [{ ...COMPANY.mentees[1], id: 'm0' }],
      mentors: [{ ...COMPANY.mentors[1], id: 'm49999' }],
    };
    expect((await answerTo({ ...COMPANY, ...people, organization: chain })).seats).toBe(0);
    const rules = { reportingLine: false };
    const program = { ...COMPANY.program, rules };
    expect((await answerTo({ ...COMPANY, ...people, program, organization: chain })).seats).toBe(1);
  });

  it('may name people as JavaScript names its own', async () => {
    const [mentee, mentor] = [COMPANY.mentees[1], COMPANY.mentors[1]];
    const input = {
      ...COMPANY,
      organization: [{ id: '__proto__', managerId: 'constructor' }],
      mentees: [{ ...mentee, id: '__proto__' }],
      mentors: [{ ...mentor, id: 'toString' }],
    };
    expect((await answerTo(input)).pairs).toMatchObject([{ mentee: '__proto__', mentor: 'toString' }]);
  });

  it('may know mentors without skills and without working hours', async () => {
    const bare = { ...COMPANY.mentors[1], workingHours: null };
    expect((await answerTo({ ...COMPANY, mentors: [bare] })).seats).toBe(1);
    expect((await answerTo({ ...COMPANY, mentors: [{ ...bare, workingHours: {} }] })).seats).toBe(1);
    expect((await answerTo({ ...COMPANY, mentors: [{ ...bare, skills: [] }] })).seats).toBe(0);
  });
});

describe('pins', () => {
  it('are kept', async () => {
    const { pairs } = await answerTo({ ...COMPANY, pinned: [['chief', 'ada']] });
    expect(pairs.map(({ mentee, mentor }) => `${mentee} ${mentor}`)).toEqual(['chief ada', 'chief ben']);
  });

  it('that break a hard rule are refused with its name', async () => {
    expect(
      await faultsOf([
        fileOf({
          ...COMPANY,
          pinned: [
            ['chief', 'ada'],
            ['chief', 'cy'],
          ],
        }),
      ]),
    ).toEqual([{ path: 'pinned.1', reason: 'breaks a hard rule: reportingLine' }]);
  });
});

describe('refused', () => {
  it.each([
    [{ goals: 500_000 }, 'program.weights', 'must sum to 1000000 without pastPair, not 1050000'],
    [{ style: 160_000, goals: 350_000 }, 'program.weights.style', 'must not exceed 100000'],
  ])('weights that make no score: %j', async (weights, path, reason) => {
    const program = { ...COMPANY.program, weights };
    expect(await faultsOf([fileOf({ ...COMPANY, program })])).toEqual([{ path, reason }]);
  });

  it('options that are none', async () => {
    const file = fileOf(COMPANY);
    expect(await faultsOf([])).toEqual([{ path: 'file', reason: 'must be one file of JSON, or - for stdin' }]);
    expect(await faultsOf([file, '--seed', 'x'])).toEqual([
      { path: 'seed', reason: 'must be a whole number from 0 to 2147483648' },
    ]);
    expect(await faultsOf([file, '--fast'])).toEqual([{ path: 'options', reason: expect.any(String) as string }]);
    expect(await faultsOf([file, '--scores-out', '-'])).toEqual([
      { path: 'scores-out', reason: 'must be the name of a file' },
    ]);
  });
});
