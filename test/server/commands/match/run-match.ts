import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, vi } from 'vitest';
import { match } from '../../../../server/commands/match.ts';
import { UsageError } from '../../../../server/commands/read-args.ts';
import type { MatchingOutput } from '../../../../server/contract/matching.ts';

/** A folder for the files of one test file; removed at its end. */
export const folder = mkdtempSync(join(tmpdir(), 'inverso-match-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The input as a file. */
export function fileOf(input: unknown): string {
  const file = join(folder, 'input.json');
  writeFileSync(file, JSON.stringify(input));
  return file;
}

/** What the command prints on stdout. */
export async function answerTo(input: unknown, ...options: string[]): Promise<MatchingOutput> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await match([fileOf(input), ...options])).toBe(0);
    expect(write).toHaveBeenCalledOnce();
    return JSON.parse(String(write.mock.calls[0]![0])) as MatchingOutput;
  } finally {
    write.mockRestore();
  }
}

/** What the command refuses. */
export async function faultsOf(args: string[]): Promise<{ path: string; reason: string }[]> {
  try {
    await match(args);
  } catch (error) {
    if (error instanceof UsageError) return error.faults;
    throw error;
  }
  return [];
}

/** Something to learn, or a skill. */
export const goal = (skill: string, level = 3) => ({ skill, level });

/** Two executives, three mentors: `ada` alone covers the head's goal, `cy` reports to the chief. */
export const COMPANY = {
  program: { mode: 'reverse', from: '2026-09-07', weeks: 24 },
  organization: [
    { id: 'top', department: 'Board' },
    { id: 'chief', managerId: 'top', department: 'Sales', office: 'Milano', country: 'IT' },
    { id: 'head', managerId: 'top', department: 'Finance', office: 'Milano', country: 'IT' },
    { id: 'lead', managerId: 'top', department: 'IT' },
    { id: 'team', managerId: 'lead', department: 'IT' },
    { id: 'ada', managerId: 'team', department: 'IT', office: 'Torino', country: 'IT' },
    { id: 'ben', managerId: 'team', department: 'IT', office: 'Kyiv', country: 'UA' },
    { id: 'desk', managerId: 'chief', department: 'Sales' },
    { id: 'cy', managerId: 'desk', department: 'Sales' },
  ],
  mentees: [
    {
      id: 'chief',
      wants: 2,
      goals: [goal('generative-ai', 4), goal('Rust & co')],
      interests: ['Chess'],
      languages: ['it', 'en'],
      timeZone: 'Europe/Rome',
    },
    { id: 'head', goals: [goal('data-literacy', 5)], languages: ['it'], timeZone: 'Europe/Rome' },
  ],
  mentors: [
    { id: 'ben', skills: [goal('generative-ai', 5)], languages: ['en', 'uk'], timeZone: 'Europe/Kiev' },
    {
      id: 'ada',
      skills: [goal('rust & CO', 4), goal('data-literacy', 5)],
      interests: ['chess'],
      languages: ['it'],
      timeZone: 'Europe/Rome',
      motivation: 'I like to explain.',
    },
    { id: 'cy', skills: [goal('generative-ai', 5)], languages: ['it'], timeZone: 'Europe/Rome' },
  ],
};
