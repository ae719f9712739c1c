import { WEEKDAYS } from '../people/person.ts';
import type { SlotPreferences } from './types.ts';

/** Whether any preferred hours are named; an empty week says nothing. */
export const prefersHours = (preferences: SlotPreferences | undefined): boolean =>
  WEEKDAYS.some((weekday) => (preferences?.preferred?.[weekday]?.length ?? 0) > 0);
