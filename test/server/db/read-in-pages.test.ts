import { describe, expect, it, test } from 'vitest';
import { loadParticipants } from '../../../server/db/cohorts.ts';
import { loadPeople, savePeople } from '../../../server/db/people.ts';
import { readInPages } from '../../../server/db/read-in-pages.ts';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { useDatabase } from '../../make/database.ts';
import { cohort } from '../../make/pair.ts';
import { newId, person } from '../../make/person.ts';
import { setStage, START } from '../../make/server.ts';

describe('readInPages', () => {
  it.each([0, 1, 499, 500, 501, 1_000, 1_234])('reads %i rows, each once', async (count) => {
    const rows = Array.from({ length: count }, (_, i) => i);
    const sizes: number[] = [];
    const read = await readInPages(async (last: number | undefined, limit) => {
      const page = rows.slice(last === undefined ? 0 : last + 1).slice(0, limit);
      sizes.push(page.length);
      return page;
    });
    expect(read).toEqual(rows);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
  });
});

describe('more people than a page holds', () => {
  const db = useDatabase();

  test('are read each once, in order, also those who are on both sides', async () => {
    const stage = await setStage(db());
    const { tenantId } = stage;
    const cohorts = [await cohort(stage), await cohort(stage)].sort();
    const people = Array.from({ length: 600 }, (_, i) => ({ ...person(`Person ${i}`), personId: newId() as PersonId }));
    const keys = cohorts.flatMap((cohortId) =>
      people.flatMap(({ personId }) => [
        { cohortId, personId, side: 'mentee' as const },
        { cohortId, personId, side: 'mentor' as const },
      ]),
    );
    await stage.tx(async (tx) => {
      await savePeople(tx, tenantId, people, START);
      for (let i = 0; i < keys.length; i += 500)
        await tx
          .insertInto('participants')
          .values(keys.slice(i, i + 500).map((key) => ({ tenantId, ...key, state: 'joined' as const })))
          .execute();
    });
    const nameOf = (key: { cohortId: string; personId: string; side: string }): string =>
      `${key.cohortId} ${key.personId} ${key.side}`;
    const rows = await stage.tx((tx) => loadParticipants(tx, {}));
    expect(rows.map(nameOf)).toEqual(keys.map(nameOf).sort());
    const mentors = await stage.tx((tx) => loadParticipants(tx, { cohortId: cohorts[1]!, side: 'mentor' }));
    expect(mentors).toHaveLength(600);
    const known = await stage.tx((tx) => loadPeople(tx));
    expect(known.size).toBe(601);
    expect(people.every(({ personId }) => known.has(personId))).toBe(true);
  });
});
