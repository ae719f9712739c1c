import type { Locale } from '../../contract/vocabulary.ts';
import { queueMessage } from '../../db/messages.ts';
import { findErased } from '../../db/erasures.ts';
import { at, type Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import { loadTenant } from '../../db/tenants.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Clock, Jobs } from '../../ports.ts';

/**
 * Keeps where a person's chat with the bot is, as their own verified activity said. The first time, and after a
 * re-install, the person is welcomed once.
 */
export async function rememberConversation(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  input: {
    tenantId: TenantId;
    personId: PersonId;
    conversationId: string;
    serviceUrl: string;
    locale: Locale | null;
    isInstall: boolean;
  },
): Promise<void> {
  const now = clock.now();
  const { tenantId, personId } = input;
  const values = {
    conversationId: input.conversationId,
    serviceUrl: input.serviceUrl,
    locale: input.locale,
    ...(input.isInstall ? { blockedAt: null } : {}),
  };
  await inTenant(db, tenantId, async (tx) => {
    const erased = await findErased(tx, await loadTenant(tx), [personId]);
    if (erased.size > 0) return;
    await tx
      .insertInto('conversations')
      .values({ tenantId, personId, installedAt: at(now), ...values })
      .onConflict((oc) => oc.columns(['tenantId', 'personId']).doUpdateSet(values))
      .execute();
    if (!input.isInstall) return;
    const welcomed = await tx
      .updateTable('conversations')
      .set({ welcomedAt: at(now) })
      .where('personId', '=', personId)
      .where('welcomedAt', 'is', null)
      .executeTakeFirst();
    if (welcomed.numUpdatedRows === 0n) return;
    const { salt } = await loadTenant(tx);
    await queueMessage(tx, {
      tenantId,
      salt,
      personId,
      subjectKey: 'welcome',
      data: { kind: 'welcome' },
      notBefore: now,
      now,
    });
  });
  jobs.wake('sendMessages');
}

/** The app was removed or the bot blocked: nothing more is sent there until it is installed again. */
export async function forgetConversation(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId, personId }: { tenantId: TenantId; personId: PersonId },
): Promise<void> {
  await inTenant(db, tenantId, (tx) =>
    tx
      .updateTable('conversations')
      .set({ blockedAt: at(clock.now()) })
      .where('personId', '=', personId)
      .execute(),
  );
}
