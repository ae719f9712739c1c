import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { match } from '../../../../server/commands/match.ts';
import { denseRows } from '../../../../server/domain/matching/solve/score-rows.ts';
import { solveAssignment } from '../../../../server/domain/matching/solve/solve-assignment.ts';
import { answerTo, COMPANY, faultsOf, fileOf, folder, goal } from './run-match.ts';

describe('--scores-out', () => {
  const readScores = (out: string) => {
    const bytes = readFileSync(out);
    const scores = Array.from({ length: bytes.length / 4 }, (_, k) => bytes.readInt32LE(4 * k));
    return { scores, table: JSON.parse(readFileSync(`${out}.json`, 'utf8')) as Record<string, never> };
  };

  it('writes rows and columns in the order of the input', async () => {
    const out = join(folder, 'scores');
    const { pairs } = await answerTo({ ...COMPANY, pinned: [['chief', 'ada']] }, '--scores-out', out);
    const { scores, table } = readScores(out);
    expect(table).toEqual({
      mentees: ['chief', 'head'],
      mentors: ['ben', 'ada', 'cy'],
      wants: [2, 1],
      capacities: [1, 1, 1],
      pinned: [[0, 1]],
    });
    const of = (mentee: string, mentor: string) => pairs.find((p) => p.mentee === mentee && p.mentor === mentor)!.score;
    // `ben` has nothing for the head and no common language, `cy` reports to the chief and has nothing for the head.
    expect(scores).toEqual([of('chief', 'ben'), of('chief', 'ada'), -1, -1, expect.any(Number), -1]);
    expect(scores[4]).toBeGreaterThan(0);
  });

  it('lets another solver find the same optimum', async () => {
    const skills = ['a', 'b', 'c', 'd'];
    const mentees = Array.from({ length: 23 }, (_, i) => ({
      id: `mentee${(i * 7) % 23}`,
      wants: 1 + (i % 2),
      goals: [goal(skills[i % 4]!, 1 + (i % 5)), goal(skills[(i + 1) % 4]!, 2)],
      languages: [['it', 'en', 'pl'][i % 3]!],
    }));
    const mentors = Array.from({ length: 17 }, (_, j) => ({
      id: `mentor${(j * 5) % 17}`,
      capacity: 1 + (j % 3),
      skills: [goal(skills[j % 4]!, 1 + (j % 5))],
      languages: [['it', 'pl'][j % 2]!, 'en'],
    }));
    const out = join(folder, 'many');
    const program = { from: '2026-09-07', rules: { minimumScore: 0 } };
    const { pairs, seats, worst, total } = await answerTo({ program, mentees, mentors }, '--scores-out', out);
    const { scores, table } = readScores(out);
    const { wants, capacities } = table as unknown as { wants: number[]; capacities: number[] };
    const cellOf = (mentee: string, mentor: string) =>
      scores[17 * mentees.findIndex(({ id }) => id === mentee) + mentors.findIndex(({ id }) => id === mentor)];
    for (const { mentee, mentor, score } of pairs) expect(cellOf(mentee, mentor)).toBe(score);
    expect(scores).toContain(-1);
    const again = solveAssignment({
      wants,
      capacities,
      scores: denseRows(23, 17, Int32Array.from(scores)),
      pinned: [],
    });
    expect({ seats, worst, total }).toEqual({ seats: again.seats, worst: again.worst, total: again.total });
    expect(seats).toBeGreaterThan(20);
  });

  it('writes empty files for nobody', async () => {
    const out = join(folder, 'nobody');
    await answerTo({ ...COMPANY, mentees: [], mentors: [] }, '--scores-out', out);
    expect(readScores(out)).toEqual({
      scores: [],
      table: { mentees: [], mentors: [], wants: [], capacities: [], pinned: [] },
    });
  });

  it('never writes over the input, also where a link leads to it', async () => {
    const file = fileOf(COMPANY);
    const link = join(folder, 'link');
    symlinkSync(file, link);
    const faultAt = (name: string) => [{ path: 'scores-out', reason: `would overwrite the input: ${name}` }];
    expect(await faultsOf([file, '--scores-out', file])).toEqual(faultAt(file));
    expect(await faultsOf([file, '--scores-out', link])).toEqual(faultAt(link));
    expect(await faultsOf([file, '--scores-out', join(folder, 'input')])).toEqual(faultAt(file));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(COMPANY);
  });

  it('says what is in the way before anything is worked out', async () => {
    const busy = join(folder, 'busy');
    mkdirSync(`${busy}.json`);
    await expect(match([fileOf(COMPANY), '--scores-out', folder])).rejects.toThrow(
      `The scores cannot be written to ${folder}: it is a folder.`,
    );
    await expect(match([fileOf(COMPANY), '--scores-out', busy])).rejects.toThrow(
      `The scores cannot be written to ${busy}.json: it is a folder.`,
    );
  });
});
