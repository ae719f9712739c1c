import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { leastPeople, seedCompany } from '../../../../server/sandbox/people/company.ts';
import { companyRoles } from '../../../../server/sandbox/people/company-roles.ts';
import type { SeedAppointment, World } from '../../../../server/sandbox/world.ts';
import { FROM, makeWorld } from './make-world.ts';

const DAY = 86_400_000;
const PROGRAM = 'inverso@contoso.example';

function seeded(seed: number, people: number, executives: number, weeks = 26) {
  const world = makeWorld(seed);
  seedCompany(world, { people, executives, from: FROM, weeks, programMailbox: PROGRAM });
  return world;
}

/** Meetings (not days off) that begin in the week of Monday `monday`. */
function meetingsInWeek(drafts: readonly SeedAppointment[], monday: number): number {
  const sunday = monday + 7 * DAY;
  let count = 0;
  for (const { start, repeat, isAllDay } of drafts) {
    if (isAllDay) continue;
    const last = repeat ? Date.parse(`${repeat.until}T23:59:00Z`) : Date.parse(`${start}Z`);
    for (let at = Date.parse(`${start}Z`); at <= last; at += repeat ? repeat.everyWeeks * 7 * DAY : Infinity) {
      if (at >= monday && at < sunday) count++;
    }
  }
  return count;
}

const chainOf = (world: World, id: string): string[] => {
  const chain: string[] = [];
  for (let at: string | null = id; at !== null; at = world.people.get(at)!.managerId) {
    if (chain.includes(at)) throw new Error(`cycle at ${at}`);
    chain.push(at);
  }
  return chain;
};

describe('seedCompany', () => {
  it('makes the same company from the same seed, and another from another', () => {
    const [a, b, c] = [seeded(1, 60, 12), seeded(1, 60, 12), seeded(2, 60, 12)];
    expect([...a.people]).toEqual([...b.people]);
    expect([...a.groups]).toEqual([...b.groups]);
    expect([...a.exchange.seeded]).toEqual([...b.exchange.seeded]);
    expect([...c.people.keys()]).not.toEqual([...a.people.keys()]);
  });

  it.each([
    [60, 12],
    [300, 40],
    [10_000, 200],
  ])('%i people stand in one tree under the chief executive', (count, executives) => {
    const world = seeded(3, count, executives, 1);
    const { chiefExecutiveId, programMailboxId, ombudspersonId, executives: mentees } = companyRoles(world);
    // Besides them the program mailbox, and somebody outside of every line.
    expect(world.people.size).toBe(count + 2);
    expect(chainOf(world, ombudspersonId)).toEqual([ombudspersonId]);
    expect(mentees).toHaveLength(executives);
    expect(mentees).not.toContain(chiefExecutiveId);
    const reports = new Map<string, number>();
    for (const person of world.people.values()) {
      if (person.id === programMailboxId || person.id === ombudspersonId) continue;
      const chain = chainOf(world, person.id);
      expect(chain.at(-1)).toBe(chiefExecutiveId);
      expect(person.depth).toBe(chain.length - 1);
      if (person.managerId) reports.set(person.managerId, (reports.get(person.managerId) ?? 0) + 1);
    }
    const spans = [...reports].filter(([id]) => id !== chiefExecutiveId).map(([, span]) => span);
    expect(Math.max(...spans)).toBeLessThan(35);
  });

  it('names people of five languages and gives each a mail address of its own in plain letters', () => {
    const world = seeded(1, 2_000, 40, 1);
    const people = [...world.people.values()];
    const mails = people.map(({ mail }) => mail);
    expect(new Set(mails).size).toBe(mails.length);
    for (const mail of mails) expect(mail).toMatch(/^[a-z.0-9]+@[a-z.]+$/);
    const names = people.map(({ displayName }) => displayName).join(' ');
    for (const sign of [/[А-ЯҐЄІЇ][а-яґєії']+/, /(ski|ska) /, /ã|ç/, /Smith|Jones|Taylor/, /Rossi|Ferrari|Russo/]) {
      expect(names).toMatch(sign);
    }
    expect(new Set(people.map(({ preferredLanguage }) => preferredLanguage))).toEqual(
      new Set(['it-IT', 'pl-PL', 'uk-UA', 'en-GB', 'pt-BR', 'en-US', null]),
    );
    expect(new Set(people.map(({ mailbox }) => mailbox.zone)).size).toBe(6);
    const zoneNames = new Set(people.map(({ mailbox }) => mailbox.zoneName));
    for (const name of ['FLE Standard Time', 'Europe/Kyiv', 'Customized Time Zone']) expect(zoneNames).toContain(name);
    expect(new Set(people.map(({ department }) => department)).size).toBe(14);
  });

  it('has the program groups, with participants as direct members and one nested group', () => {
    const world = seeded(5, 300, 40);
    const roles = companyRoles(world);
    const participants = world.groups.get(roles.participantsGroupId)!;
    expect(participants.mailEnabled).toBe(true);
    expect(new Set(participants.memberIds)).toEqual(new Set([...roles.executives, ...roles.volunteers]));
    expect(roles.volunteers.length).toBeGreaterThanOrEqual(80);
    expect(roles.volunteers.length).toBeLessThanOrEqual(120);
    const nested = world.groups.get(roles.volunteersGroupId)!.memberIds.filter((id) => world.groups.has(id));
    expect(nested).toHaveLength(1);
    expect(world.people.get(roles.programMailboxId)).toMatchObject({ mail: PROGRAM, managerId: null });
    for (const id of roles.administrators)
      expect(roles.executives.includes(id) || roles.volunteers.includes(id)).toBe(false);
  });

  it.each([1, 2, 3])(
    'keeps nine of ten executives bookable and has guests, disabled and closed mailboxes (seed %i)',
    (seed) => {
      const world = seeded(seed, 300, 40);
      const people = [...world.people.values()];
      const mentees = companyRoles(world).executives.map((id) => world.people.get(id)!);
      const sound = mentees.filter(
        ({ mailbox, accountEnabled }) => accountEnabled && mailbox.enabled && mailbox.readable,
      );
      expect(sound.length).toBeGreaterThanOrEqual(36);
      expect(sound.length).toBeLessThan(40);
      expect(mentees.slice(0, 10).every(({ mailbox }) => mailbox.enabled && mailbox.readable)).toBe(true);
      expect(people.some(({ userType }) => userType === 'Guest')).toBe(true);
      expect(people.some(({ accountEnabled }) => !accountEnabled)).toBe(true);
      expect(people.some(({ mailbox }) => !mailbox.workingHours)).toBe(true);
      expect(people.some(({ photo }) => photo === null)).toBe(true);
    },
  );

  it('fills executives with about 30 meetings a week, volunteers with 12 to 18, and both keep absences', () => {
    const world = seeded(1, 300, 40);
    const roles = companyRoles(world);
    const monday = Date.parse('2026-10-12T00:00:00Z');
    const average = (ids: string[]): number => {
      const busy = ids.filter((id) => world.exchange.seeded.has(id));
      const weeks = [0, 1, 8, 16];
      const counts = busy.flatMap((id) =>
        weeks.map((week) => meetingsInWeek(world.exchange.seeded.get(id)!, monday + week * 7 * DAY)),
      );
      return counts.reduce((a, b) => a + b, 0) / counts.length;
    };
    expect(average(roles.executives)).toBeGreaterThan(26);
    expect(average(roles.executives)).toBeLessThan(34);
    expect(average(roles.volunteers)).toBeGreaterThan(12);
    expect(average(roles.volunteers)).toBeLessThan(18);
    const all = [...world.exchange.seeded.values()].flat();
    for (const showAs of ['oof', 'tentative', 'free', 'workingElsewhere', 'busy'] as const) {
      expect(all.some((draft) => draft.showAs === showAs)).toBe(true);
    }
    expect(all.some(({ sensitivity }) => sensitivity === 'private')).toBe(true);
    const first = all.map(({ start }) => start).sort()[0]!;
    expect(first.slice(0, 10) >= '2026-09-21').toBe(true);
  });

  it('leaves most executives a weekly half hour that is mostly free over half a year', () => {
    const world = seeded(1, 300, 40);
    const roomy = companyRoles(world).executives.filter((id) => {
      const taken = new Map<string, Set<string>>();
      for (const { start, minutes, repeat, showAs, isAllDay } of world.exchange.seeded.get(id) ?? []) {
        if (isAllDay || showAs === 'free' || showAs === 'workingElsewhere') continue;
        const last = repeat ? Date.parse(`${repeat.until}T23:59:00Z`) : Date.parse(`${start}Z`);
        for (let at = Date.parse(`${start}Z`); at <= last; at += repeat ? repeat.everyWeeks * 7 * DAY : Infinity) {
          for (let minute = 0; minute < minutes; minute += 30) {
            const date = new Date(at + minute * 60_000);
            const cell = `${date.getUTCDay()} ${date.toISOString().slice(11, 16)}`;
            taken.set(cell, (taken.get(cell) ?? new Set()).add(date.toISOString().slice(0, 10)));
          }
        }
      }
      const cells = [1, 2, 3, 4, 5].flatMap((day) =>
        ['10:00', '10:30', '11:00', '11:30', '14:00', '14:30', '15:00', '15:30', '16:00', '16:30'].map(
          (time) => `${day} ${time}`,
        ),
      );
      // 34 weeks are filled: free in at least 28 of them.
      return cells.some((cell) => (taken.get(cell)?.size ?? 0) <= 6);
    });
    expect(roomy.length).toBeGreaterThanOrEqual(32);
  });

  it('draws photos as PNGs of 48 by 48', () => {
    const photo = [...seeded(1, 60, 12).people.values()].find((person) => person.photo)!.photo!;
    const png = Buffer.from(photo, 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([48, 48]);
    const data = png.indexOf('IDAT');
    expect(inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)))).toHaveLength(48 * 7);
  });

  it.each([
    [{ executives: 0 }, /^executives: /],
    [{ people: leastPeople(12) - 1 }, /^people: /],
    [{ weeks: 1.5 }, /^weeks: /],
    [{ from: NaN }, /^from: /],
    [{ programMailbox: 'nobody' }, /^programMailbox: /],
  ])('refuses %o by name', (wrong, message) => {
    const options = { people: 60, executives: 12, from: FROM, weeks: 4, programMailbox: PROGRAM, ...wrong };
    expect(() => seedCompany(makeWorld(1), options)).toThrow(message);
  });

  it('finds enough volunteers in the smallest company it takes', () => {
    for (const executives of [1, 3, 12, 40]) {
      const roles = companyRoles(seeded(7, leastPeople(executives), executives, 1));
      expect(roles.volunteers.length).toBeGreaterThanOrEqual(2 * executives);
      expect(roles.administrators.length).toBeGreaterThan(0);
    }
  });
});
