import type { ExchangeContext } from './context.ts';
import { compactDate, expandDays } from './expand.ts';
import type { ItemException, StoredEvent } from './model.ts';

/** The exception of a copy for an occurrence, made where there is none. */
export function exceptionOf(event: StoredEvent, date: string): ItemException {
  return (event.exceptions[date] ??= { fields: {}, edited: false, sequence: event.sequence, answers: {} });
}

/** Drops exceptions and deletions that lie outside of the (shortened) series. */
export function pruneDates(event: StoredEvent): void {
  if (!event.recurrence || event.recurrence.range.type === 'noEnd') return;
  const dates = new Set(expandDays(event.recurrence, Infinity).map(compactDate));
  event.deletedDates = event.deletedDates.filter((date) => dates.has(date));
  for (const date of Object.keys(event.exceptions)) if (!dates.has(date)) delete event.exceptions[date];
}

/** Takes one occurrence out of a copy. */
export function deleteDate(context: ExchangeContext, event: StoredEvent, date: string): void {
  context.store.change(event, () => {
    event.deletedDates.push(date);
    delete event.exceptions[date];
  });
}
