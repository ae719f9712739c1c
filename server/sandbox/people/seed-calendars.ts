import { chance, pick, pickIndex } from '../hash.ts';
import type { ItemStatus, SandboxPerson, SeedAppointment, World } from '../world.ts';
import type { CompanyRoles } from './company-roles.ts';
import { CELL_MINUTES, createWeekGrid, USUAL_HOURS, type Cell, type WeekGrid } from './week-grid.ts';

const DAY = 86_400_000;
/** Weeks that calendars reach beyond the program: searches look ahead. */
const WEEKS_AFTER = 6;

/** A meeting that comes again: how long, how often, and how many of its kind a person has. */
interface Routine {
  subject: string;
  cells: number;
  everyWeeks: number;
  times: number;
  showAs?: ItemStatus;
  sensitivity?: SeedAppointment['sensitivity'];
  /** Half hour of the day at which it is wanted, counted from the start of the working day. */
  slot?: number;
}

/** About 17 a week; the names of direct reports are put in for `{report}`. */
const EXECUTIVE_ROUTINES: readonly Routine[] = [
  { subject: 'Leadership team', cells: 3, everyWeeks: 1, times: 1 },
  { subject: 'Department staff meeting', cells: 2, everyWeeks: 1, times: 1 },
  { subject: 'Business review', cells: 2, everyWeeks: 1, times: 1 },
  { subject: '1:1 {report}', cells: 1, everyWeeks: 1, times: 5 },
  { subject: '1:1 {report}', cells: 1, everyWeeks: 2, times: 4 },
  { subject: 'Steering committee', cells: 2, everyWeeks: 2, times: 2 },
  { subject: 'Project checkpoint', cells: 1, everyWeeks: 1, times: 3 },
  { subject: 'Focus time', cells: 3, everyWeeks: 1, times: 1 },
  { subject: 'Board preparation', cells: 4, everyWeeks: 4, times: 1 },
  { subject: 'Physiotherapy', cells: 2, everyWeeks: 2, times: 1, sensitivity: 'private' },
  { subject: 'Pricing council', cells: 1, everyWeeks: 1, times: 1, showAs: 'tentative' },
];

/** About 9 a week. */
const STAFF_ROUTINES: readonly Routine[] = [
  { subject: 'Team meeting', cells: 2, everyWeeks: 1, times: 1 },
  { subject: '1:1 with my manager', cells: 1, everyWeeks: 1, times: 1 },
  { subject: 'Retrospective', cells: 2, everyWeeks: 2, times: 1 },
  { subject: 'Course', cells: 2, everyWeeks: 2, times: 1, showAs: 'tentative' },
  { subject: 'Focus time', cells: 3, everyWeeks: 1, times: 1 },
];

// prettier-ignore
const SINGLE_SUBJECTS = [
  'Customer call', 'Budget questions', 'Contract review', 'Interview', 'Supplier meeting', 'Release readiness',
  'Quarterly figures', 'Press briefing', 'Design review', 'Planning', 'Audit questions', 'Town hall preparation',
  'Catch-up', 'Incident review', 'Vendor demonstration', 'Site visit', 'Partner call', 'Roadmap',
];

/** Monday of the week of an instant, as days since the epoch. */
function mondayOf(instant: number): number {
  const day = Math.floor(instant / DAY);
  return day - ((new Date(instant).getUTCDay() + 6) % 7);
}

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Weekly half hours that almost nothing touches: real calendars have a few, spread over the day, and so series can be booked. */
function quietCells(world: World, person: SandboxPerson, grid: WeekGrid): Cell[] {
  const lunch = Math.floor(grid.slots / 3);
  return [0, 1, 2, 3].map((i) => {
    const half = i % 2 === 0 ? pickIndex(lunch, world.seed, 'quiet', person.id, i) : lunch + 3;
    const late = i % 2 === 0 ? 0 : pickIndex(grid.slots - lunch - 4, world.seed, 'quiet', person.id, i);
    return { day: pickIndex(5, world.seed, 'quiet day', person.id, i), slot: half + late };
  });
}

/** A free place of the given length, or null after a few tries: some weeks have no room. */
function findPlace(grid: WeekGrid, length: number, tries: number, ...parts: (string | number)[]): Cell | null {
  for (let i = 0; i < tries; i++) {
    const place = pickIndex(5 * grid.slots, ...parts, i, 'place');
    const cell = { day: place % 5, slot: Math.floor(place / 5) };
    if (grid.isFree(cell, length)) return cell;
  }
  return null;
}

interface Span {
  monday: number;
  weeks: number;
}

function seedRoutines(world: World, person: SandboxPerson, reports: string[], span: Span, grid: WeekGrid): void {
  const until = dateOf(span.monday + 7 * span.weeks - 1);
  const seed = (
    subject: string,
    cell: Cell,
    minutes: number,
    routine: Omit<Routine, 'subject' | 'cells' | 'times'>,
  ): void => {
    const phase = pickIndex(routine.everyWeeks, world.seed, 'phase', person.id, subject);
    world.exchange.seed(person.id, {
      subject,
      start: `${dateOf(span.monday + 7 * phase + cell.day)}T${grid.time(cell)}`,
      minutes,
      zone: person.mailbox.zone,
      showAs: routine.showAs ?? 'busy',
      sensitivity: routine.sensitivity ?? 'normal',
      repeat: { everyWeeks: routine.everyWeeks, until },
    });
  };

  if (!person.isExecutive) {
    const slot = pickIndex(4, world.seed, 'stand-up', person.id);
    for (let day = 0; day < 5; day++) {
      grid.take({ day, slot }, 1);
      seed('Stand-up', { day, slot }, CELL_MINUTES / 2, { everyWeeks: 1 });
    }
  }
  if (chance(world.seed, 'lunch', person.id) < 0.5) {
    for (let day = 0; day < 5; day++) {
      const cell = { day, slot: Math.floor(grid.slots / 2) - 2 };
      if (chance(world.seed, 'lunch', person.id, day) > 0.4 || !grid.isFree(cell, 1)) continue;
      grid.take(cell, 1);
      seed('Lunch', cell, CELL_MINUTES, { everyWeeks: 1 });
    }
  }
  let report = 0;
  for (const [number, routine] of (person.isExecutive ? EXECUTIVE_ROUTINES : STAFF_ROUTINES).entries()) {
    for (let i = 0; i < routine.times; i++) {
      const cell = findPlace(grid, routine.cells, 24, world.seed, 'routine', person.id, number, i);
      if (!cell) continue;
      grid.take(cell, routine.cells);
      const name = reports.length > 0 ? reports[report++ % reports.length]! : 'team';
      seed(routine.subject.replace('{report}', name), cell, routine.cells * CELL_MINUTES, routine);
    }
  }
}

function seedSingles(world: World, person: SandboxPerson, span: Span, grid: WeekGrid, quiet: Cell[]): void {
  for (let week = 0; week < span.weeks; week++) {
    const parts = [world.seed, 'single', person.id, week] as const;
    const open = grid.copy();
    // Now and then a quiet half hour is lost too.
    for (const [i, cell] of quiet.entries()) if (chance(...parts, 'quiet', i) < 0.08) open.release(cell);
    const count = person.isExecutive ? 12 + pickIndex(6, ...parts) : 3 + pickIndex(7, ...parts);
    for (let i = 0; i < count; i++) {
      const cells = pick([1, 1, 2, 2, 3] as const, ...parts, i, 'cells');
      const cell = findPlace(open, cells, 6, ...parts, i);
      if (!cell) continue;
      open.take(cell, cells);
      const kind = chance(...parts, i, 'kind');
      const secret = chance(...parts, i, 'sensitivity');
      world.exchange.seed(person.id, {
        subject: pick(SINGLE_SUBJECTS, ...parts, i, 'subject'),
        start: `${dateOf(span.monday + 7 * week + cell.day)}T${grid.time(cell)}`,
        minutes: cells * CELL_MINUTES,
        zone: person.mailbox.zone,
        showAs: kind < 0.8 ? 'busy' : kind < 0.93 ? 'tentative' : kind < 0.97 ? 'workingElsewhere' : 'free',
        sensitivity: secret < 0.08 ? 'private' : secret < 0.1 ? 'confidential' : 'normal',
      });
    }
  }
}

/** Travel, one vacation, and for a third of the people the days between Christmas and the new year. */
function seedAbsences(world: World, person: SandboxPerson, span: Span): void {
  const away = (subject: string, day: number, days: number): void =>
    world.exchange.seed(person.id, {
      subject,
      start: `${dateOf(day)}T00:00`,
      minutes: days * 24 * 60,
      zone: person.mailbox.zone,
      showAs: 'oof',
      isAllDay: true,
    });
  for (let week = 0; person.isExecutive && week < span.weeks; week++) {
    if (chance(world.seed, 'travel', person.id, week) > 0.14) continue;
    const days = 1 + pickIndex(2, world.seed, 'travel days', person.id, week);
    away('Travel', span.monday + 7 * week + pickIndex(4, world.seed, 'travel day', person.id, week), days);
  }
  away('Vacation', span.monday + 7 * pickIndex(span.weeks, world.seed, 'vacation', person.id), 5);
  if (chance(world.seed, 'winter', person.id) > 0.35) return;
  for (let day = span.monday; day < span.monday + 7 * span.weeks; day++) {
    if (dateOf(day).endsWith('-12-24')) away('Winter break', day, 9);
  }
}

/**
 * Fills the calendars of executives (about 30 meetings a week) and volunteers (12 to 18), from a week before `from`
 * until six weeks after the program's last. Depends on the world's seed and each person alone.
 */
export function seedCalendars(
  world: World,
  roles: CompanyRoles,
  { from, weeks }: { from: number; weeks: number },
): void {
  const span = { monday: mondayOf(from) - 7, weeks: weeks + WEEKS_AFTER + 1 };
  const reports = new Map<string, string[]>();
  for (const { managerId, displayName } of world.people.values()) {
    if (managerId !== null) reports.set(managerId, [...(reports.get(managerId) ?? []), displayName]);
  }
  const busy = new Set([roles.chiefExecutiveId, ...roles.executives, ...roles.volunteers]);
  for (const id of busy) {
    const person = world.people.get(id);
    if (!person?.mailbox.enabled) continue;
    const grid = createWeekGrid(person.mailbox.workingHours ?? USUAL_HOURS);
    const quiet = quietCells(world, person, grid);
    for (const cell of quiet) grid.take(cell, 1);
    seedRoutines(world, person, reports.get(id) ?? [], span, grid);
    seedSingles(world, person, span, grid, quiet);
    seedAbsences(world, person, span);
  }
}
