import type { CardMessage } from '../../contract/card-messages.ts';
import type { FeedbackBody } from '../../contract/http.ts';
import type { Database } from '../../db/schema.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import type { Clock, Jobs } from '../../ports.ts';
import { storeAnswers, type GivenAnswer, type StoredAnswer } from './store-answers.ts';
import { storeTogether } from './store-together.ts';

/**
 * Stores one person's answer about one session, whether it came by card, tab or pane: one row per person and date of the
 * session, an edit replaces it while the form is open. Answers arrive by the hundred right after the hour: those of a tenant
 * that come while others are being stored are stored together (store-together.ts). Resolves only after the commit, so
 * "thanks" can be said then (R9). Throws `notFound` for somebody else's session, `closed` with a reason when it is too early,
 * too late, about a date in whose place there is another by now, or the session did not stand.
 */
export async function recordFeedback(
  { db, clock, jobs }: { db: Database; clock: Clock; jobs: Jobs },
  input: { tenantId: TenantId; personId: PersonId; sessionId: string; body: FeedbackBody; via: 'card' | 'page' },
): Promise<{ isEdit: boolean; thanks: CardMessage }> {
  const { tenantId, ...answer } = input;
  const { isEdit, thanks, held } = await storeOf(db)(tenantId, { ...answer, now: clock.now() });
  jobs.wake('sendMessages');
  // Whoever says that it did not take place is offered other times.
  if (held === 'notHeld') jobs.wake('reconcileSeries');
  return { isEdit, thanks };
}

/** Which answers wait for the same transaction is a matter of the database into which they go. */
const stores = new WeakMap<Database, (tenantId: TenantId, answer: GivenAnswer) => Promise<StoredAnswer>>();

function storeOf(db: Database): (tenantId: TenantId, answer: GivenAnswer) => Promise<StoredAnswer> {
  const known = stores.get(db);
  if (known) return known;
  const made = storeTogether<TenantId, GivenAnswer, StoredAnswer>({
    store: (tenantId, answers) => storeAnswers(db, tenantId, answers),
    // What the others said of a session decides whether it counts as held: its answers are stored one after another.
    subjectOf: ({ sessionId }) => sessionId,
  });
  stores.set(db, made);
  return made;
}
