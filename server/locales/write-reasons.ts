import type { ReasonCode } from '../contract/card-messages.ts';
import type { Side } from '../contract/vocabulary.ts';
import type { ReaderTexts } from './create-texts.ts';
import { endSentence, listValues, pluralOf, type ListKind } from './list-values.ts';

/** Which number of a code its plural depends on. */
const COUNTED: Readonly<Record<string, string>> = {
  overlapHours: 'hoursPerWeek',
  freeOnAllDates: 'count',
  movedDates: 'moved',
};
const KINDS: Readonly<Record<string, ListKind>> = { languages: 'languages', covered: 'skills' };

/**
 * Whole sentences of reasons, for one side or for the administrator, who reads of both: the executive reads which goals are covered, the mentor only how many,
 * since goals are not shown before the executive's yes (product.md, Who sees what). Codes without a sentence, and reasons
 * of which nothing can be shown, are left out. `clean` neutralizes what people wrote.
 */
export function writeReasons(
  reasons: readonly ReasonCode[],
  side: Side | 'administrator',
  reader: ReaderTexts,
  clean: (text: string) => string,
): string[] {
  return reasons.flatMap((reason) => {
    const values = readValues(reason, reader, clean);
    const code = isAllCovered(values) ? 'allGoalsCovered' : reason.code;
    const own = side === 'administrator' ? [`review:reasons.${code}`] : [];
    const key = [...own, `reasons:${side}.${code}`, `reasons:both.${code}`, `reasons:slot.${code}`].find(
      (candidate) => reader.has(candidate) || reader.has(`${candidate}_other`),
    );
    return key === undefined || Object.values(values).includes('') ? [] : [endSentence(reader.t(key, values))];
  });
}

type Values = Record<string, string | number>;

/** "1 of your 1 goals" is nothing that a person would write. */
const isAllCovered = ({ covered, count, of }: Values): boolean => covered !== undefined && count === of;

/** Numbers whole, texts clean, lists as one text; a list gives its length as `count`. */
function readValues(reason: ReasonCode, reader: ReaderTexts, clean: (text: string) => string): Values {
  const values: Values = {};
  for (const [name, value] of Object.entries(reason)) {
    if (name === 'code') continue;
    if (typeof value === 'number') values[name] = Math.floor(value);
    else if (typeof value === 'string') values[name] = clean(name === 'country' ? reader.country(value.trim()) : value);
    else if (Array.isArray(value)) {
      const names = listValues(value, KINDS[name] ?? 'words', reader, clean);
      values[name] = reader.list(names);
      values['count'] = name === 'covered' ? names.length : pluralOf(names);
    }
  }
  const counted = COUNTED[reason.code];
  if (counted !== undefined) values['count'] = values[counted] ?? 0;
  return values;
}
