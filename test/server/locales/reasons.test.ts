import { describe, expect, test } from 'vitest';
import { LOCALES, SIDES, type Locale } from '../../../server/contract/vocabulary.ts';
import type { PriceReason } from '../../../server/domain/matching/describe-price.ts';
import type { UnmatchedReason } from '../../../server/domain/matching/reasons.ts';
import { createTexts, type ReaderTexts } from '../../../server/locales/create-texts.ts';
import { RESOURCES } from '../../../server/locales/resources.ts';
import { writeBlockingPair } from '../../../server/locales/write-blocking-pair.ts';
import { writePrice } from '../../../server/locales/write-price.ts';
import { writeReasons } from '../../../server/locales/write-reasons.ts';
import { writeUnmatched } from '../../../server/locales/write-unmatched.ts';
import {
  matchReasons,
  NO_PRICE,
  NUMBERS,
  pairs,
  prices,
  SKILLS,
  slotReasons,
  unmatchedReasons,
} from './every-reason.ts';

const texts = createTexts();
const same = (text: string): string => text;
/** A reader that also says which texts were read, with all plural forms of a key as one. */
function spy(locale: Locale): { reader: ReaderTexts; read: Set<string> } {
  const reader = texts.reader(locale, 'UTC');
  const read = new Set<string>();
  return {
    read,
    reader: {
      ...reader,
      t(key, values) {
        read.add(key);
        return reader.t(key, values);
      },
    },
  };
}

const nameOf = (id: string): string => `Name ${id}`;

function isSentence(sentence: string): void {
  expect(sentence).toMatch(/^[\p{Lu}\d].*[^.\s]\.$/u);
  // A value that holds braces is shown as it is.
  expect(sentence.replaceAll('{{clients}}', 'clients')).not.toMatch(
    /\{\{|\}\}|\b(?:undefined|null|NaN)\b|\s\s|\(\)|\s[.,)]|: \.|[a-z]:[a-z]/,
  );
  expect(sentence).not.toMatch(/reasons[:.]|unmatched[:.]|price[:.]|noGoalCovered|_other/);
}

describe.each(LOCALES)('%s', (locale) => {
  const { reader, read } = spy(locale);
  test('says every reason of a pair in a sentence for each side', () => {
    for (const side of SIDES) {
      for (const reason of [...matchReasons(), ...slotReasons]) {
        const sentences = writeReasons([{ ...reason }], side, reader, same);
        expect(sentences, reason.code).toHaveLength(1);
        sentences.forEach(isSentence);
      }
    }
  });
  test('says every reason why somebody has nobody', () => {
    for (const reason of unmatchedReasons()) {
      const sentences = writeUnmatched([reason], reader, same);
      expect(sentences, JSON.stringify(reason)).toHaveLength(1);
      sentences.forEach(isSentence);
    }
  });
  test('says every price', () => {
    for (const price of prices()) {
      const sentences = writePrice(price, nameOf, reader, same);
      expect(sentences).not.toEqual([]);
      sentences.forEach(isSentence);
    }
    isSentence(writeBlockingPair({ mentee: 'Ann', mentor: 'Bo' }, reader, same));
  });
  test('leaves no template unread', () => {
    const keys = new Set<string>();
    const gather = (value: object, path: string): void => {
      for (const [name, item] of Object.entries(value)) {
        const key = `${path}${name}`.replace(/_(one|few|many|other)$/, '');
        if (typeof item === 'string') keys.add(key);
        else gather(item as object, `${key}.`);
      }
    };
    for (const name of ['reasons', 'unmatched', 'price'] as const) gather(RESOURCES[locale][name], `${name}:`);
    expect([...keys].filter((key) => !read.has(key))).toEqual([]);
  });
  test.each(NUMBERS)('has a whole text of every template for %i', (count) => {
    const values = { count, mentors: count, of: 22, who: 'W', does: 'D', obstacle: 'O', name: 'N' };
    const lists = { values: 'V', gained: 'G', lost: 'L', covered: 'C', skills: 'S', languages: 'L', interests: 'I' };
    const others = { department: 'D', office: 'O', country: 'C', mentee: 'E', mentor: 'R' };
    for (const key of read) {
      const text = reader.t(key, { ...values, ...lists, ...others });
      expect(text, key).toMatch(
        key.startsWith('unmatched:') && key.includes('.') ? /^\S.*\S$/ : /^[\p{Lu}\d].*[^.\s]\.$/u,
      );
      expect(text, key).not.toMatch(/\{\{|\s\s|:\w/);
      expect(text, key).not.toBe(key);
    }
  });
  test('never tells the mentor a goal, nor anybody a score', () => {
    const mentor = writeReasons([{ code: 'goalsCovered', covered: SKILLS, of: 7 }], 'mentor', reader, same).join(' ');
    for (const skill of SKILLS) expect(mentor).not.toContain(skill);
    for (const topic of Object.values(RESOURCES[locale].topics)) expect(mentor).not.toContain(topic);
    const price = { ...NO_PRICE, worstBefore: 471_234, worstAfter: 398_765, total: -72_469 };
    expect(writePrice(price, nameOf, reader, same).join(' ')).not.toMatch(/\d/);
  });
  test('leaves out what has nothing to show', () => {
    const nothing = () => '';
    expect(writeReasons([{ code: 'otherOffice', office: '<>' }], 'mentee', reader, nothing)).toEqual([]);
    expect(writeReasons([{ code: 'goalsCovered', covered: [], of: 2 }], 'mentee', reader, same)).toEqual([]);
    expect(writeUnmatched([{ code: 'nobodyOffers', skills: ['own'] }], reader, nothing)).toEqual([]);
    expect(writeUnmatched([{ code: 'nobodySpeaks', languages: ['pl'] }], reader, nothing)).toEqual([]);
  });
});

/** What is said for 0, 1, 2, 5, 21 and 22 of each counted value, where numbers change words. */
const FORMS: Record<'pl' | 'uk', Record<string, string[]>> = {
  pl: {
    mentorAll: ['jest potrzebne.', '2 tematy.', '5 tematów.', '21 tematów.', '22 tematy.'],
    hours: ['0 godzin', '1 godzinę', '2 godziny', '5 godzin', '21 godzin', '22 godziny'],
    onlyFor: [
      '0 mentorów pasowałoby',
      'Jeden mentor pasowałby',
      '2 mentorów pasowałoby',
      '5 mentorów pasowałoby',
      '21 mentorów pasowałoby',
      '22 mentorów pasowałoby',
    ],
    seats: ['o jedną parę', 'o 2 pary', 'o 5 par', 'o 21 par', 'o 22 pary'],
    goals: ['o jeden cel', 'o 2 cele', 'o 5 celów', 'o 21 celów', 'o 22 cele'],
    firstChoices: ['Jedna osoba traci', '2 osoby tracą', '5 osób traci', '21 osób traci', '22 osoby tracą'],
    more: ['jeszcze jednej osoby', 'jeszcze 2 osób', 'jeszcze 5 osób', 'jeszcze 21 osób', 'jeszcze 22 osób'],
  },
  uk: {
    mentorAll: ['1 тема.', '2 теми.', '5 тем.', '21 тема.', '22 теми.'],
    hours: ['0 годин', '1 годину', '2 години', '5 годин', '21 годину', '22 години'],
    onlyFor: [
      '0 менторів підійшли б',
      '1 ментор підійшов би',
      '2 ментори підійшли б',
      '5 менторів підійшли б',
      '21 ментор підійшов би',
      '22 ментори підійшли б',
    ],
    seats: ['на 1 пару', 'на 2 пари', 'на 5 пар', 'на 21 пару', 'на 22 пари'],
    goals: ['на 1 ціль', 'на 2 цілі', 'на 5 цілей', 'на 21 ціль', 'на 22 цілі'],
    firstChoices: [
      '1 людина втрачає',
      '2 людини втрачають',
      '5 людей втрачають',
      '21 людина втрачає',
      '22 людини втрачають',
    ],
    more: ['ще 1 людини', 'ще 2 людей', 'ще 5 людей', 'ще 21 людини', 'ще 22 людей'],
  },
};

describe.each(['pl', 'uk'] as const)('%s takes the form of each number', (locale) => {
  const reader = texts.reader(locale, 'UTC');
  const price = (change: Partial<PriceReason>): string =>
    writePrice({ ...NO_PRICE, ...change }, nameOf, reader, same).join(' ');
  const say: Record<string, (n: number) => string> = {
    mentorAll: (n) =>
      writeReasons(
        [{ code: 'goalsCovered', covered: Array.from({ length: n }, (_, i) => `s${i}`), of: n }],
        'mentor',
        reader,
        same,
      )[0]!,
    hours: (n) => writeReasons([{ code: 'overlapHours', hoursPerWeek: n }], 'mentee', reader, same)[0]!,
    onlyFor: (n) => writeUnmatched([{ code: 'onlyFor', rule: 'siblings', mentors: n }], reader, same)[0]!,
    seats: (n) => price({ seats: -n }),
    goals: (n) => price({ goals: -n }),
    firstChoices: (n) => price({ firstChoicesLost: n }),
    more: (n) => price({ lost: pairs(n + 5) }),
  };
  test.each(Object.entries(FORMS[locale]))('%s', (name, forms) => {
    const numbers = [0, 1, 2, 5, 21, 22].slice(-forms.length);
    numbers.forEach((n, k) => expect(say[name]!(n)).toContain(forms[k]));
  });
});

test('English reads as a person would write it', () => {
  const reader = texts.reader('en', 'UTC');
  const reasons: UnmatchedReason[] = [
    { code: 'everyoneWho', passes: 'noSharedLanguage', breaks: 'reportingLine', mentors: 3, values: ['pl'] },
    {
      code: 'everyoneWho',
      passes: 'noGoalCovered',
      breaks: 'noOverlap',
      mentors: 1,
      values: ['short-video', 'Drones'],
    },
    { code: 'everyoneWho', passes: 'noGoalCovered', breaks: 'siblings', mentors: 1, values: ['short-video', 'Drones'] },
    { code: 'nobodyOffers', skills: ['data-literacy'] },
    { code: 'nobodySpeaks', languages: ['pl'] },
    { code: 'ruledOut', rule: 'noOverlap', mentors: 4, of: 4 },
    { code: 'onlyFor', rule: 'pastPair', mentors: 1 },
    { code: 'allTaken', mentors: 2 },
  ];
  expect(writeUnmatched(reasons, reader, same)).toEqual([
    'Every mentor who speaks Polish is in this person’s reporting line.',
    'The only mentor who knows a wanted topic well enough (short video and Drones) works at other hours and has the same manager.',
    'Nobody offers this at the wanted level yet: data literacy.',
    'No mentor speaks Polish.',
    'Every available mentor works at other hours.',
    'One mentor would fit but for an earlier pair.',
    'All mentors who fit (2) are taken by others.',
  ]);
  const price: PriceReason = {
    ...NO_PRICE,
    goals: -1,
    firstChoicesLost: 1,
    worstAfter: 300_000,
    total: -5,
    gained: [
      { mentee: 'm1', mentor: 's2' },
      { mentee: 'm2', mentor: 's1' },
    ],
    lost: [
      { mentee: 'm1', mentor: 's1' },
      { mentee: 'm3', mentor: 's2' },
    ],
  };
  expect(writePrice(price, nameOf, reader, same)).toEqual([
    'One goal fewer is covered.',
    'One mentee loses the first choice.',
    'The worst pair gets worse.',
    'All pairs together fit less well.',
    'Name m3 loses the pair with Name s2.',
    'Name m1: Name s2 instead of Name s1.',
    'Name m2: new pair with Name s1.',
  ]);
  expect(writePrice(NO_PRICE, nameOf, reader, same)).toEqual(['Nothing changes.']);
  expect(writeReasons([{ code: 'goalsCovered', covered: ['short-video'], of: 1 }], 'mentee', reader, same)).toEqual([
    'Covers your goal: short video.',
  ]);
});

test('a topic within a sentence has no capital unless it begins with several, and a country has its name', () => {
  const reasons = [
    { code: 'goalsCovered', covered: ['generative-ai', 'own-systems'], of: 3 },
    { code: 'otherCountry', country: 'UA', menteeCountry: 'IT' },
  ];
  const say = (locale: Locale): string[] => writeReasons(reasons, 'mentee', texts.reader(locale, 'UTC'), same);
  expect(say('en')).toEqual([
    'Covers 2 of your 3 goals: generative AI and our own systems.',
    'A view from another country: Ukraine.',
  ]);
  expect(say('it')).toEqual([
    'Conosce bene ciò che Lei desidera imparare (2 dei Suoi 3 temi): IA generativa e i nostri sistemi.',
    'Lo sguardo di un altro Paese: Ucraina.',
  ]);
  expect(say('pl')[0]).toBe(
    'Dobrze zna to, czego chcesz się nauczyć (tematy: 2 z 3): generatywna AI i nasze własne systemy.',
  );
  expect(say('uk')[1]).toBe('Погляд з іншої країни: Україна.');
  const [own] = writeReasons([{ code: 'otherCountry', country: 'Italia' }], 'mentee', texts.reader('pl', 'UTC'), same);
  expect(own).toBe('Spojrzenie z innego kraju: Italia.');
});

test('what people wrote is cleaned, a topic of the vocabulary translated, a language named', () => {
  const reader = texts.reader('it', 'UTC');
  const clean = (text: string): string => text.replaceAll('<b>', '');
  expect(
    writeReasons([{ code: 'goalsCovered', covered: ['short-video', '<b>Droni'], of: 3 }], 'mentee', reader, clean),
  ).toEqual(['Conosce bene ciò che Lei desidera imparare (2 dei Suoi 3 temi): video brevi e Droni.']);
  expect(
    writeUnmatched(
      [{ code: 'everyoneWho', passes: 'noSharedLanguage', breaks: 'siblings', mentors: 2, values: ['pl'] }],
      reader,
      clean,
    ),
  ).toEqual(['Ogni mentor che parla polacco ha lo stesso responsabile.']);
  expect(writePrice({ ...NO_PRICE, lost: pairs(1) }, () => '<b>Ann', reader, clean)).toEqual([
    'Ann: non più in coppia con Ann.',
  ]);
});
