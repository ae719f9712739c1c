import type { WorkingHours } from '../world.ts';

/** Half hours are the grain of calendars here. */
export const CELL_MINUTES = 30;

/** What a mailbox without working hours is taken to have. */
export const USUAL_HOURS: WorkingHours = {
  daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  start: '09:00',
  end: '18:00',
};

/** Minutes since midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** `HH:MM` of minutes since midnight. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** A place in the week: days since Monday, and half hours since the start of the working day. */
export interface Cell {
  day: number;
  slot: number;
}

/** A working week in half hours, of which some are taken. */
export interface WeekGrid {
  /** Half hours of a working day. */
  slots: number;
  /** `HH:MM` at which the cell begins. */
  time(cell: Cell): string;
  isFree(cell: Cell, length: number): boolean;
  take(cell: Cell, length: number): void;
  /** Gives one half hour back. */
  release(cell: Cell): void;
  /** A grid that starts with what is taken here. */
  copy(): WeekGrid;
}

/** An empty week of five days with the given hours; a short working day still has eight half hours. */
export function createWeekGrid(hours: WorkingHours, taken: ReadonlySet<number> = new Set()): WeekGrid {
  const start = minutesOf(hours.start);
  const slots = Math.max(8, Math.floor((minutesOf(hours.end) - start) / CELL_MINUTES));
  const cells = new Set(taken);
  return {
    slots,
    time: ({ slot }) => timeOf(start + slot * CELL_MINUTES),
    isFree({ day, slot }, length) {
      if (slot + length > slots) return false;
      for (let i = 0; i < length; i++) if (cells.has(day * 100 + slot + i)) return false;
      return true;
    },
    take({ day, slot }, length) {
      for (let i = 0; i < length; i++) cells.add(day * 100 + slot + i);
    },
    release: ({ day, slot }) => void cells.delete(day * 100 + slot),
    copy: () => createWeekGrid(hours, cells),
  };
}
