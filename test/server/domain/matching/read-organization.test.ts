import { describe, expect, it } from 'vitest';
import type { OrganizationEntry } from '../../../../server/domain/matching/profile.ts';
import { readOrganization } from '../../../../server/domain/matching/read-organization.ts';
import { isInReportingLine, managersAbove } from '../../../../server/domain/people/reporting-line.ts';
import { numbers } from './solve/make-instance.ts';

type Managers = Readonly<Record<string, string | null>>;

function read(managers: Managers, participants = Object.keys(managers), levels: Record<string, number> = {}) {
  const entries = Object.entries(managers).map(([id, managerId]): [string, OrganizationEntry] => [
    id,
    { id, managerId, department: null, office: null, country: null, level: levels[id] ?? null },
  ]);
  return readOrganization(new Map(entries), new Set(participants));
}

describe('readOrganization', () => {
  it('answers as walking up the managers one by one does, whatever the directory looks like', () => {
    const seen = { inLine: 0, inCircle: 0 };
    for (let seed = 1; seed <= 200; seed++) {
      const random = numbers(seed);
      const ids = Array.from({ length: 2 + Math.floor(random() * 10) }, (_, k) => `p${k}`);
      const pick = (): string => ids[Math.floor(random() * ids.length)]!;
      // Trees, circles, their own managers and managers whom nobody knows.
      const managers = Object.fromEntries(
        ids.map((id) => [id, random() < 0.15 ? null : random() < 0.1 ? 'nobody' : pick()]),
      );
      const participants = ids.filter(() => random() < 0.6);
      const organization = read(managers, participants);
      const managerOf = (id: string): string | null => (managers[id] === id ? null : (managers[id] ?? null));
      for (const id of ids) {
        const above = managersAbove(id, managerOf);
        expect(organization.participantsAbove(id)).toEqual(above.filter((one) => participants.includes(one)));
        if (above.length > 0) expect(organization.levelOf(id)).toBe(above.length);
        if (above.some((one) => managerOf(one) === id)) seen.inCircle++;
      }
      for (const a of participants)
        for (const b of participants) {
          expect(organization.areInOneLine(a, b)).toBe(isInReportingLine(a, b, managerOf));
          if (organization.areInOneLine(a, b)) seen.inLine++;
        }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  it('knows the level at the top, of whoever has one of their own, and not of somebody without anybody around', () => {
    const organization = read({ chief: null, head: 'chief', alone: null, own: 'own' }, [], { head: 7 });
    expect(['chief', 'head', 'alone', 'own', 'stranger'].map(organization.levelOf)).toEqual([0, 7, null, null, null]);
  });

  it('answers about 50,000 people in one line, and in one circle', () => {
    const line = Object.fromEntries(Array.from({ length: 50_000 }, (_, k) => [`p${k}`, k === 0 ? null : `p${k - 1}`]));
    const ends = ['p49999', 'p49998', 'p7'];
    const straight = read(line, ends);
    expect(ends.map(straight.levelOf)).toEqual([49_999, 49_998, 7]);
    expect(straight.participantsAbove('p49999')).toEqual(['p49998', 'p7']);
    const round = read({ ...line, p0: 'p49999' }, ends);
    expect(ends.map(round.levelOf)).toEqual([49_999, 49_999, 49_999]);
    expect(round.participantsAbove('p7')).toEqual(['p49999', 'p49998']);
    expect(round.areInOneLine('p7', 'p49998')).toBe(true);
  });
});
