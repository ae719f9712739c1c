import { placeAt, type BookedDate } from './booked-dates.ts';
import { groupBy } from './group-by.ts';
import type { Truth } from './truth.ts';

/** For each session the instants at which one of the two put an appointment of their own over it, oldest first. */
export function findConflicts(
  { writes, programMailboxId }: Pick<Truth, 'writes' | 'programMailboxId'>,
  dates: readonly BookedDate[],
): Map<string, number[]> {
  const known = dates.filter(({ sessionId }) => sessionId !== null);
  const byPerson = groupBy(
    known.flatMap((date) => [date.mentorId, date.menteeId].map((personId) => ({ personId, date }))),
    ({ personId }) => personId,
  );
  const found = new Map<string, number[]>();
  for (const { by, kind, ownerId, at, placed } of writes) {
    if (kind !== 'create' || ownerId === programMailboxId || by !== `person:${ownerId}`) continue;
    for (const { date } of byPerson.get(ownerId) ?? []) {
      const place = placeAt(date, at);
      if (!place || place.end <= at || !placed.some(({ start, end }) => start < place.end && place.start < end))
        continue;
      found.set(date.sessionId!, [...(found.get(date.sessionId!) ?? []), at]);
    }
  }
  return found;
}
