import { expect, test } from 'vitest';
import { DONE_TEXTS, ERROR_TEXTS } from '../../../server/contract/card-messages.ts';
import { LOCALES, TOPICS, type Locale } from '../../../server/contract/vocabulary.ts';
import { RUN_LOG_KINDS } from '../../../server/db/run-log.ts';
import { ERROR_CODES } from '../../../server/errors.ts';
import { createTexts } from '../../../server/locales/create-texts.ts';
import { RESOURCES } from '../../../server/locales/resources.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { writeAgreement } from '../../../server/locales/write-agreement.ts';
import { writeInvitation } from '../../../server/locales/write-invitation.ts';
import { writeReasons } from '../../../server/locales/write-reasons.ts';
import { writeRefusal } from '../../../server/locales/write-refusal.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const texts = createTexts();
const content = loadContent(null);
const at = Date.parse('2026-10-15T07:30:00Z');

function flatten(value: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, item] of Object.entries(value)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof item === 'string') flat.set(path, item);
    else for (const [inner, text] of flatten(item as object, path)) flat.set(inner, text);
  }
  return flat;
}
const keysOf = (locale: Locale) =>
  [...new Set([...flatten(RESOURCES[locale]).keys()].map((key) => key.replace(PLURAL, '')))].sort();
const variables = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();

test.each(LOCALES)('%s has the same keys as English', (locale) => {
  expect(keysOf(locale)).toEqual(keysOf('en'));
});

test.each(LOCALES)('%s has every plural form of its language, and no other', (locale) => {
  const categories = [...new Intl.PluralRules(locale).resolvedOptions().pluralCategories].sort();
  const forms = new Map<string, string[]>();
  for (const key of flatten(RESOURCES[locale]).keys()) {
    const form = PLURAL.exec(key)?.[1];
    if (form !== undefined) forms.set(key.replace(PLURAL, ''), [...(forms.get(key.replace(PLURAL, '')) ?? []), form]);
  }
  const counted = [...flatten(RESOURCES.en).keys()]
    .filter((key) => PLURAL.test(key))
    .map((key) => key.replace(PLURAL, ''));
  expect([...forms.keys()].sort()).toEqual([...new Set(counted)].sort());
  for (const [key, found] of forms) expect(found.sort(), key).toEqual(categories);
});

test.each(LOCALES)('%s uses the values that English uses, apart from the count', (locale) => {
  const english = flatten(RESOURCES.en);
  for (const [key, text] of flatten(RESOURCES[locale])) {
    expect(text.trim(), key).not.toBe('');
    const wanted = variables(english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '');
    const without = (names: string[]) => names.filter((name) => name !== '{{count}}');
    expect(without(variables(text)), key).toEqual(without(wanted));
  }
});

test.each(LOCALES)('%s says something else than English', (locale) => {
  if (locale === 'en') return;
  const english = flatten(RESOURCES.en);
  const isWordless = (text: string) => /^\{\{\w+\}\}$/.test(text) || text === 'No';
  const same = [...flatten(RESOURCES[locale])].filter(([key, text]) => english.get(key) === text && !isWordless(text));
  expect(same).toEqual([]);
});

test('each number gets its form, and millions no raw key', () => {
  const say = (locale: Locale, count: number) => texts.reader(locale, 'UTC').t('cards:sessions', { count });
  expect([1, 2, 5, 22, 25].map((count) => say('pl', count))).toEqual([
    '1 sesja',
    '2 sesje',
    '5 sesji',
    '22 sesje',
    '25 sesji',
  ]);
  expect([1, 3, 11, 21].map((count) => say('uk', count))).toEqual([
    '1 зустріч',
    '3 зустрічі',
    '11 зустрічей',
    '21 зустріч',
  ]);
  for (const locale of LOCALES) {
    for (const count of [0, 1, 2, 5, 1_000_000]) expect(say(locale, count)).toContain(String(count));
  }
  expect(texts.reader('en', 'UTC').t('cards:everyWeeks', { count: 1 })).toBe('every week');
  expect(texts.reader('en', 'UTC').t('cards:everyMonths', { count: 1 })).toBe('every month');
});

test.each(LOCALES)('%s has a sentence for each code', (locale) => {
  const reader = texts.reader(locale, 'Europe/Rome');
  const keys = [
    ...DONE_TEXTS.map((key) => `cards:done.${key}`),
    ...ERROR_TEXTS.map((key) => `cards:errors.${key}`),
    ...RUN_LOG_KINDS.map((key) => `runLog:${key}`),
    ...ERROR_CODES.map((key) => `errors:${key}`),
    ...TOPICS.map((key) => `topics:${key}`),
  ];
  expect(keys.filter((key) => !reader.has(key))).toEqual([]);
});

test('values are put in as they are, and never read as instructions', () => {
  const reader = texts.reader('en', 'UTC');
  const name = '{{count}} $t(cards:reminder) <b>&';
  expect(reader.t('cards:booked.heading', { name })).toBe(`Booked: your sessions with ${name}`);
});

test('dates and times follow the reader', () => {
  expect(texts.reader('en', 'Europe/Rome').dateTime(at)).toBe('Thursday, October 15 at 9:30 AM');
  expect(texts.reader('it', 'Europe/Rome').dateTime(at)).toContain('giovedì 15 ottobre');
  expect(texts.reader('pt-BR', 'America/Sao_Paulo').time(at)).toBe('04:30');
  expect(texts.reader('uk', 'Europe/Kyiv').time(at)).toBe('10:30');
  expect(texts.reader('pl', 'Europe/Warsaw').weekday(at)).toBe('czwartek');
  expect(texts.reader('en', 'UTC').time(Date.parse('2026-10-15T00:05:00Z'))).toBe('12:05 AM');
  expect(texts.reader('it', 'UTC').time(Date.parse('2026-10-15T00:05:00Z'))).toBe('00:05');
  expect(texts.reader('it', 'UTC').dateTime(at)).toBe('giovedì 15 ottobre alle ore 07:30');
  expect(texts.reader('en', 'Europe/Rome').zoneName(at)).toBe('Central European Time');
  expect(texts.reader('pl', 'Europe/Kyiv').zoneName(at)).toBe('czas wschodnioeuropejski');
  expect(texts.reader('en', 'UTC').zoneName(at)).toBe('Coordinated Universal Time');
  expect(texts.reader('it', 'UTC').list(['a', 'b', 'c'])).toBe('a, b e c');
  expect(texts.reader('uk', 'UTC').language('it')).toBe('італійська');
  expect(texts.reader('en', 'UTC').language('not a tag')).toBe('not a tag');
  expect(() => texts.reader('en', 'Mars/Base')).toThrow(RangeError);
});

test('the executive reads which goals are covered, the mentor only how many', () => {
  const reader = texts.reader('en', 'UTC');
  const reasons = [
    { code: 'goalsCovered', covered: ['generative-ai', 'short-video'], of: 3 },
    { code: 'sharedLanguages', languages: ['it', 'en'] },
    { code: 'overlapHours', hoursPerWeek: 31.5 },
    { code: 'unheardOf', x: 1 },
  ];
  const same = (text: string) => text;
  expect(writeReasons(reasons, 'mentee', reader, same)).toEqual([
    'Covers 2 of your 3 goals: generative AI and short video.',
    'Languages you both speak: Italian and English.',
    'Your working hours overlap by 31 hours a week.',
  ]);
  expect(writeReasons(reasons, 'mentor', reader, same)[0]).toBe('You know well what is wanted: 2 of 3 topics.');
  expect(JSON.stringify(writeReasons(reasons, 'mentor', reader, same))).not.toContain('video');
  expect(writeReasons([{ code: 'sharedInterests', interests: ['<b>'] }], 'mentor', reader, () => 'clean')[0]).toContain(
    'clean',
  );
});

test.each(LOCALES)('%s has a sentence for every reason', (locale) => {
  const reader = texts.reader(locale, 'UTC');
  const reasons = [
    { code: 'goalsCovered', covered: ['own-systems'], of: 1 },
    { code: 'sharedInterests', interests: ['chess'] },
    { code: 'sharedLanguages', languages: ['en'] },
    { code: 'overlapHours', hoursPerWeek: 1 },
    { code: 'otherDepartment', department: 'Legal' },
    { code: 'otherOffice', office: 'Rome' },
    { code: 'freeOnAllDates', count: 6 },
    { code: 'movedDates', moved: 2, of: 6 },
    { code: 'noLunch' },
    { code: 'buffers' },
    { code: 'earlyStart', days: 4 },
  ];
  for (const side of ['mentor', 'mentee'] as const) {
    const sentences = writeReasons(reasons, side, reader, (text) => text);
    expect(sentences).toHaveLength(reasons.length);
    expect(sentences.join(' ')).not.toMatch(/\{\{|reasons[:.]/);
  }
});

test.each(LOCALES)('%s agreement and invitation are whole', (locale) => {
  const reader = texts.reader(locale, 'Europe/Rome');
  const agreement = writeAgreement(content, { sessions: 6, minutes: 30, everyWeeks: 4 }, reader);
  expect(agreement).toHaveLength(5);
  // Sessions move by themselves only where the agreement says so (product.md D4).
  const withMoves = writeAgreement(content, { sessions: 6, minutes: 30, everyWeeks: 4, movesAllowed: true }, reader);
  expect(withMoves.filter((paragraph) => !agreement.includes(paragraph))).toHaveLength(1);
  const monthly = [1, 2, 5, 21].map((everyMonths) =>
    writeAgreement(content, { sessions: 6, minutes: 30, everyWeeks: 4, everyMonths }, reader).join(' '),
  );
  expect(new Set([agreement.join(' '), ...monthly]).size).toBe(5);
  expect(monthly.join(' ')).not.toContain('{{');
  expect(agreement.join(' ')).not.toContain('{{');
  const dates = [{ start: at, end: at + 30 * 60_000 }];
  const mail = writeInvitation(
    ['Ann & Co', 'Bo'],
    { programName: '<script>x</script>', dates, moreUrl: 'https://i.example/x?a=1&b="2"' },
    reader,
  );
  expect(mail.subject).toBe('Ann & Co / Bo');
  expect(mail.bodyHtml).not.toContain('<script>');
  expect(mail.bodyHtml).not.toContain('b="2"');
  expect(mail.bodyHtml).toContain('<li>');
  expect(
    writeInvitation(['A', 'B'], { programName: 'P', dates, moreUrl: 'javascript:alert(1)' }, reader).bodyHtml,
  ).not.toContain('href');
});

test('a refusal says its reason where it has a sentence', () => {
  const reader = texts.reader('it', 'UTC');
  expect(writeRefusal('closed', 'cohortClosed', reader)).toBe('Questa edizione è chiusa.');
  expect(writeRefusal('closed', 'constructor', reader)).toBe(writeRefusal('closed', undefined, reader));
  expect(writeRefusal('closed', 'a.b:c', reader)).toBe(writeRefusal('closed', undefined, reader));
});
