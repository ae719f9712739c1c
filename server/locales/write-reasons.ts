import type { ReasonCode } from '../contract/card-messages.ts';
import { TOPICS, type Side, type Topic } from '../contract/vocabulary.ts';
import type { ReaderTexts } from './create-texts.ts';

const asTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const isTopic = (value: string): value is Topic => (TOPICS as readonly string[]).includes(value);

/** Which value of a code its plural depends on. */
const COUNTED: Readonly<Record<string, string>> = {
  overlapHours: 'hoursPerWeek',
  freeOnAllDates: 'count',
  movedDates: 'moved',
};

/**
 * Whole sentences of reasons, for one side: the executive reads which topics are covered, the mentor only how many,
 * since goals are not shown before the executive's yes (product.md, Who sees what). Codes without a sentence are left
 * out. `clean` neutralizes what people wrote.
 */
export function writeReasons(
  reasons: readonly ReasonCode[],
  side: Side,
  reader: ReaderTexts,
  clean: (text: string) => string,
): string[] {
  return reasons.flatMap((reason) => {
    const key = [`reasons:${side}.${reason.code}`, `reasons:both.${reason.code}`, `reasons:slot.${reason.code}`].find(
      (candidate) => reader.has(candidate) || reader.has(`${candidate}_other`),
    );
    return key === undefined ? [] : [reader.t(key, readValues(reason, reader, clean))];
  });
}

function readValues(reason: ReasonCode, reader: ReaderTexts, clean: (text: string) => string) {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(reason)) {
    if (typeof value === 'number') values[name] = Number.isInteger(value) ? value : Math.floor(value);
    else if (typeof value === 'string') values[name] = clean(value);
    else if (name === 'languages') values[name] = reader.list(asTexts(value).map((tag) => clean(reader.language(tag))));
    else if (name === 'covered')
      values[name] = reader.list(
        asTexts(value)
          .filter(isTopic)
          .map((topic) => reader.topic(topic)),
      );
    else values[name] = reader.list(asTexts(value).map((text) => clean(text)));
  }
  if (reason.code === 'goalsCovered') values['count'] = asTexts(reason['covered']).length;
  const counted = COUNTED[reason.code];
  if (counted !== undefined) values['count'] = values[counted] ?? 0;
  return values;
}
