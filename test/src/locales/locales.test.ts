import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCALES, TOPICS, type Locale } from '../../../server/contract/vocabulary.ts';
import { matchLocale } from '../../../src/locales/match-locale.ts';
import { formatsOf } from '../../../src/locales/formats.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;

function readTexts(locale: Locale, set: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') texts.set(path, value);
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, path ? `${path}.${key}` : key);
  };
  walk(JSON.parse(readFileSync(`src/locales/${locale}/${set}.json`, 'utf8')), '');
  return texts;
}

const variables = (text: string): string[] => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name!).sort();

const SETS = readdirSync('src/locales/en').map((file) => file.replace('.json', ''));

describe.each(SETS)('%s texts', (set) => {
  const english = readTexts('en', set);
  const plain = [...english.keys()].filter((key) => !PLURAL.test(key)).sort();
  const plural = [
    ...new Set([...english.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, ''))),
  ];

  it.each(LOCALES)('%s has every key, every plural form and every value', (locale) => {
    const texts = readTexts(locale, set);
    expect([...texts.keys()].filter((key) => !PLURAL.test(key)).sort()).toEqual(plain);
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const wanted = plural.flatMap((key) => forms.map((form) => `${key}_${form}`)).sort();
    expect([...texts.keys()].filter((key) => PLURAL.test(key)).sort()).toEqual(wanted);
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('');
      const model = english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '';
      expect(variables(text), key).toEqual(variables(model));
    }
  });
});

describe('texts', () => {
  it.each(LOCALES)('%s names every topic, each differently', (locale) => {
    const texts = readTexts(locale, 'app');
    const names = TOPICS.map((topic) => texts.get(`topics.${topic}`));
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(TOPICS.length);
  });

  it('never says who declined: both words for it are the same', () => {
    for (const locale of LOCALES) {
      const texts = readTexts(locale, 'app');
      expect(texts.get('pairStates.mentorDeclined')).toBe(texts.get('pairStates.menteeDeclined'));
    }
  });
});

describe('matchLocale', () => {
  it('takes the first language that exists', () => {
    expect(matchLocale(null, 'pt-PT')).toBe('pt-BR');
    expect(matchLocale('uk', 'en')).toBe('uk');
    expect(matchLocale('it-it')).toBe('it');
    expect(matchLocale('de-DE', 'fr')).toBe('en');
  });
});

describe('formatsOf', () => {
  it('writes dates in the reader’s language and zone', () => {
    const rome = formatsOf('it', 'Europe/Rome');
    expect(rome.day('2026-10-06T07:30:00Z')).toBe('martedì 6 ottobre');
    expect(rome.time('2026-10-06T07:30:00Z')).toBe('9:30');
    expect(rome.time('2026-11-03T08:30:00Z')).toBe('9:30');
    expect(formatsOf('pt-BR', 'America/Sao_Paulo').time('2026-10-06T07:30:00Z')).toBe('4:30');
  });

  it('counts calendar days of the zone', () => {
    const rome = formatsOf('en', 'Europe/Rome');
    expect(rome.distance('2026-10-05T22:30:00Z', '2026-10-05T21:30:00Z')).toBe('tomorrow');
    expect(rome.distance('2026-10-05T12:00:00Z', '2026-10-05T08:00:00Z')).toBe('in 4 hours');
    expect(rome.distance('2026-10-05T08:10:00Z', '2026-10-05T08:00:00Z')).toBe('in 10 minutes');
  });

  it('does not break on a zone nobody knows', () => {
    expect(formatsOf('en', 'Customized Time Zone').time('2026-10-06T07:30:00Z')).toMatch(/7:30/);
  });
});
