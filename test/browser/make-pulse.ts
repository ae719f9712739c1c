import type { TenantId } from '../../server/domain/people/person.ts';
import { inTenant } from '../../server/db/tenancy.ts';
import type { Company } from './company.ts';

/** Makes a session the second one of its series, which takes the place of this one: after it the pulse is asked. */
export async function makePulse({ both }: Pick<Company, 'both'>, sessionId: string): Promise<void> {
  const { db } = both.server.database;
  await inTenant(db, both.sandbox.tenantId as TenantId, async (tx) => {
    const { seriesId, number } = await tx
      .selectFrom('sessions')
      .select(['seriesId', 'number'])
      .where('sessionId', '=', sessionId)
      .executeTakeFirstOrThrow();
    const change = (from: number, to: number) =>
      tx
        .updateTable('sessions')
        .set({ number: to })
        .where('seriesId', '=', seriesId)
        .where('number', '=', from)
        .execute();
    await change(2, 100);
    await change(number, 2);
    await change(100, number);
  });
}
