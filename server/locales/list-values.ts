import { TOPICS, type Topic } from '../contract/vocabulary.ts';
import type { ReaderTexts } from './create-texts.ts';

/** What a list holds: languages by their tags, skills by the topics of the vocabulary or in own words, or words of people. */
export type ListKind = 'languages' | 'skills' | 'words';

/** A topic as it stands within a sentence: `short video`, but `AI tools`. None of the five languages has capitals there. */
const withinSentence = (name: string): string =>
  /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

const isTopic = (value: string): value is Topic => (TOPICS as readonly string[]).includes(value);

/**
 * The values of a list as the reader's language names them, what people wrote neutralized by `clean`; what is left empty by
 * that is left out, and so is everything that is no text.
 */
export function listValues(
  values: unknown,
  kind: ListKind,
  reader: ReaderTexts,
  clean: (text: string) => string,
): string[] {
  const nameOf = (value: string): string => {
    if (kind === 'skills' && isTopic(value)) return withinSentence(reader.topic(value));
    return clean(kind === 'languages' ? reader.language(value) : value);
  };
  return (Array.isArray(values) ? values : [])
    .filter((value): value is string => typeof value === 'string' && value.trim() !== '')
    .map(nameOf)
    .filter((name) => name !== '');
}

/** Languages count 21 things like one, or like many: nobody lists so many here, and "five" is right for all of them. */
const MANY = 5;

/** The number by which a list takes its plural. */
export const pluralOf = (values: readonly string[]): number => Math.min(values.length, MANY);

/** One full stop at the end, also where a value ends in one itself. */
export const endSentence = (sentence: string): string => sentence.replace(/\.\.$/, '.');
