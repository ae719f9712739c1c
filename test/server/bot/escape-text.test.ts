// @vitest-environment jsdom
import * as adaptiveCards from 'adaptivecards';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, escapeText, safeMeetingUrl } from '../../../server/bot/escape-text.ts';
import { createCardRenderer } from '../../../server/bot/render-card.ts';
import { loadContent } from '../../../server/locales/load-content.ts';
import { LOCALES } from '../../../server/contract/vocabulary.ts';
import { everyMessage } from './messages.ts';

const renderCard = createCardRenderer(loadContent(null));

/** What a Markdown reader shows of escaped text: a backslash before punctuation goes, the sign stays. */
const shown = (markdown: string) => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
/** Signs that stand without a backslash. */
const bare = (markdown: string) => markdown.replace(/\\[!-/:-@[-`{-~]/g, '');

describe('hostile 33: Markdown in a name is shown literally', () => {
  test.each([
    '[Reset password](https://evil.example)',
    '**x**',
    '_y_',
    '`z`',
    '~~w~~',
    '# big',
    '- item',
    '1. item',
    '1) item',
    '\\*a',
    'a&lt;b',
    '===',
  ])('%s', (name) => {
    const escaped = escapeText(name);
    expect(shown(escaped)).toBe(name);
    expect(bare(escaped)).not.toMatch(/[*_`[\]~]|^[#+-]|^\d+[.)]|:\/\/|&\w+;/);
  });

  test('whatever is written comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => {
        const escaped = escapeText(name);
        expect(shown(escaped)).toBe(cleanText(name));
        expect(bare(escaped)).not.toMatch(/[*_`[\]~]|\{\{/);
      }),
    );
  });

  test('names of every day stay untouched', () => {
    for (const name of ['Łucja O’Brien-Søn', 'R&D (Roma)', 'Ганна Ковальчук', 'D’Angelo, Anna', 'C#', 'ação'])
      expect(escapeText(name)).toBe(name);
  });
});

describe('hostile 34: mentions, bidi and piled-up marks are neutralized', () => {
  test('no tag is left', () => expect(cleanText('<at>CEO</at>')).toBe('‹at›CEO‹/at›'));
  test('no override is left', () => expect(cleanText('abc\u202Etxt.exe\u2066\u200F\u0000\u0007')).toBe('abctxt.exe'));
  test('500 combining marks become three', () =>
    expect(cleanText(`Z${'\u0353'.repeat(500)}a`)).toBe(`Z${'\u0353'.repeat(3)}a`));
  test('one line', () => expect(cleanText(' a\r\n\tb\u2028c ')).toBe('a b c'));
  test('clipped between graphemes, never inside', () => {
    expect(cleanText('👩🏽‍💻'.repeat(5), 3)).toBe(`${'👩🏽‍💻'.repeat(2)}…`);
    expect(cleanText('é'.repeat(3), 3)).toBe('é'.repeat(3));
    expect(cleanText(`${'a'.repeat(1_000_000)}`, 80)).toHaveLength(80);
    // Eleven units and 25 bytes each; what a form takes is never clipped.
    const family = '👨‍👩‍👧‍👦';
    expect(cleanText(family.repeat(100), 80)).toBe(`${family.repeat(15)}…`);
    expect(cleanText('漢'.repeat(1_000), 1_000)).toBe('漢'.repeat(1_000));
  });
});

describe('hostile 35: addresses', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil',
    'http://teams.microsoft.com/a',
    'https://evil.example/',
    '',
    'https://teams.microsoft.com:444/a',
  ])('%s is dropped', (url) => expect(safeMeetingUrl(url)).toBeNull());
  test('a Teams link stays', () =>
    expect(safeMeetingUrl('https://teams.microsoft.com/l/meetup-join/1')).toBe(
      'https://teams.microsoft.com/l/meetup-join/1',
    ));
});

describe('hostile 36: nothing in a text is expanded', () => {
  test('templates stay literal', () => expect(escapeText('${$root.secret}')).toBe('${$root.secret}'));
  test('date functions stay literal', () =>
    expect(shown(escapeText('{{DATE(2017-02-14T06:08:39Z, SHORT)}}'))).toBe('{{DATE(2017-02-14T06:08:39Z, SHORT)}}'));
});

const HOSTILE =
  '<at>CEO</at> **x** [a](https://evil.example) \u202E {{DATE(2017-02-14T06:08:39Z, SHORT)}} $t(cards:reminder) ${$root.secret}';

test.each(LOCALES)('every card in %s with hostile texts: no live Markdown, tag or override anywhere', (locale) => {
  for (const message of everyMessage(HOSTILE, locale)) {
    const { card, summary } = renderCard(message, locale, 'UTC');
    const texts = JSON.stringify(card, (key, value: unknown) =>
      key === '$schema' || key === 'value' ? undefined : value,
    );
    expect(`${texts}${summary}`).not.toMatch(/<at>|\u202E|\u2066/u);
    const context = new adaptiveCards.SerializationContext(adaptiveCards.Versions.v1_5);
    const parsed = new adaptiveCards.AdaptiveCard();
    parsed.parse(structuredClone(card), context);
    const rendered = parsed.render()?.textContent ?? '';
    expect(rendered).not.toContain('2/14/2017');
    for (const block of JSON.parse(texts, (_, value: unknown) => value)['body'] as { type: string; text?: string }[]) {
      if (block.type === 'TextBlock') expect(bare(block.text ?? '')).not.toMatch(/\*\*|\]\(|:\/\/|\{\{/);
    }
  }
});
