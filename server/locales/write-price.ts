import type { PriceReason } from '../domain/matching/describe-price.ts';
import type { ReaderTexts } from './create-texts.ts';
import { endSentence } from './list-values.ts';

/** Changes of so many people are written out; the others are counted. */
const MOST_PEOPLE = 5;

/**
 * Whole sentences on what a pin or a ban changes, for the administrator, the weightiest first: pairs, goals, first choices,
 * the worst pair, how well all fit, and then who gets whom. No score is shown. `nameOf` gives the name of an id.
 */
export function writePrice(
  price: PriceReason,
  nameOf: (id: string) => string,
  reader: ReaderTexts,
  clean: (text: string) => string,
): string[] {
  const sentences = [...writeSums(price, reader), ...writePeople(price, (id) => clean(nameOf(id)), reader)];
  return (sentences.length === 0 ? [reader.t('price:nothing')] : sentences).map(endSentence);
}

function writeSums(
  { seats, goals, firstChoicesLost, worstBefore, worstAfter, total }: PriceReason,
  { t }: ReaderTexts,
): string[] {
  const sentences: string[] = [];
  if (seats !== 0) sentences.push(t(seats > 0 ? 'price:seatsMore' : 'price:seatsFewer', { count: Math.abs(seats) }));
  if (goals !== 0) sentences.push(t(goals > 0 ? 'price:goalsMore' : 'price:goalsFewer', { count: Math.abs(goals) }));
  if (firstChoicesLost > 0) sentences.push(t('price:firstChoicesLost', { count: firstChoicesLost }));
  if (worstBefore !== null && worstAfter !== null && worstBefore !== worstAfter)
    sentences.push(t(worstAfter > worstBefore ? 'price:worstBetter' : 'price:worstWorse'));
  // With more pairs or fewer the sums cannot be compared.
  if (seats === 0 && total !== 0) sentences.push(t(total > 0 ? 'price:totalBetter' : 'price:totalWorse'));
  return sentences;
}

function writePeople({ gained, lost }: PriceReason, nameOf: (id: string) => string, reader: ReaderTexts): string[] {
  const changes = new Map<string, { gained: string[]; lost: string[] }>();
  const changeOf = (mentee: string) => {
    const known = changes.get(mentee) ?? { gained: [], lost: [] };
    changes.set(mentee, known);
    return known;
  };
  for (const { mentee, mentor } of lost) changeOf(mentee).lost.push(nameOf(mentor));
  for (const { mentee, mentor } of gained) changeOf(mentee).gained.push(nameOf(mentor));
  // Who only loses is what the price is about.
  const ordered = [...changes].sort(([, a], [, b]) => Math.sign(a.gained.length) - Math.sign(b.gained.length));
  const sentences = ordered.slice(0, MOST_PEOPLE).map(([mentee, change]) => {
    const key = change.gained.length === 0 ? 'lost' : change.lost.length === 0 ? 'gained' : 'swapped';
    const [came, went] = [reader.list(change.gained), reader.list(change.lost)];
    return reader.t(`price:${key}`, { name: nameOf(mentee), gained: came, lost: went });
  });
  const more = ordered.length - sentences.length;
  return more === 0 ? sentences : [...sentences, reader.t('price:moreChanges', { count: more })];
}
