import type { WishPriceReply } from '../../contract/matching-review.ts';
import type { Locale } from '../../contract/vocabulary.ts';
import { loadPeopleById } from '../../db/people.ts';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenancy.ts';
import type { PriceReason } from '../../domain/matching/describe-price.ts';
import type { CohortMatching } from '../../domain/matching/match-cohort.ts';
import type { WishChange } from '../../domain/matching/wishes.ts';
import type { Person, PersonId, TenantId } from '../../domain/people/person.ts';
import type { Matcher } from '../../ports.ts';
import { changeWishes, loadMatching, withWishes } from './load-matching.ts';
import { isAmong, type RefusedPin } from './match-with-wishes.ts';

/** Sentences about wishes; main wires them to the locales. */
export interface WishTexts {
  price(price: PriceReason, nameOf: (id: string) => string, locale: Locale): string[];
  refusedPin(rule: RefusedPin['rule'], names: { mentee: string; mentor: string }, locale: Locale): string;
}

/**
 * What wishes would change, before anything is: the best matching with them, less the best one without. Nothing is stored,
 * and no transaction is open while it is computed. Throws `notFound`, and `conflict` while nobody has joined.
 */
export async function priceWishes(
  { db, matcher, texts }: { db: Database; matcher: Matcher; texts: WishTexts },
  {
    tenantId,
    cohortId,
    changes,
    locale,
  }: { tenantId: TenantId; cohortId: string; changes: readonly WishChange[]; locale: Locale },
): Promise<WishPriceReply> {
  const { input, wishes } = await inTenant(db, tenantId, (tx) => loadMatching(tx, cohortId));
  const nameOf = (id: string): string => input.people.get(id as PersonId)?.displayName ?? '';
  let before = withWishes(input, wishes);
  let after = withWishes(input, changeWishes(wishes, changes));
  for (;;) {
    const { pinned, forbidden = [] } = after;
    const priced = await matcher.price({ ...before, wished: { pinned, forbidden } });
    if (priced.outcome === 'price') return { outcome: 'price', sentences: texts.price(priced.price, nameOf, locale) };
    // A pin of earlier days that no longer holds is left out of both, as the matching itself does.
    if (priced.when === 'after' && isAmong(changes, priced)) {
      const [mentee, mentor] = priced.pair;
      return {
        outcome: 'refused',
        text: texts.refusedPin(priced.rule, { mentee: nameOf(mentee), mentor: nameOf(mentor) }, locale),
      };
    }
    before = withoutPin(before, priced);
    after = withoutPin(after, priced);
  }
}

const withoutPin = (input: CohortMatching, { pair }: RefusedPin): CohortMatching => ({
  ...input,
  pinned: input.pinned.filter(([mentee, mentor]) => mentee !== pair[0] || mentor !== pair[1]),
});

/** The sentence on a pin that cannot be kept, with the names of the two. */
export async function describeRejection(
  { db, texts }: { db: Database; texts: WishTexts },
  { tenantId, rejected, locale }: { tenantId: TenantId; rejected: RefusedPin; locale: Locale },
): Promise<string> {
  const [menteeId, mentorId] = rejected.pair;
  const people = await inTenant(db, tenantId, (tx) => loadPeopleById(tx, [menteeId, mentorId]));
  return texts.refusedPin(rejected.rule, namesIn(people, menteeId, mentorId), locale);
}

const namesIn = (people: ReadonlyMap<PersonId, Person>, mentee: PersonId, mentor: PersonId) => ({
  mentee: people.get(mentee)?.displayName ?? '',
  mentor: people.get(mentor)?.displayName ?? '',
});
