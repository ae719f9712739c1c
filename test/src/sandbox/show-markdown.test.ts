import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, escapeText } from '../../../server/bot/escape-text.ts';
import { showMarkdown } from '../../../src/sandbox/show-markdown.ts';

const rendered = (text: string): HTMLElement => {
  const place = document.createElement('div');
  place.innerHTML = showMarkdown(text);
  return place;
};

describe('Markdown is live', () => {
  test.each([
    ['**x**', 'strong', 'x'],
    ['a _y_ b', 'em', 'y'],
    ['[Reset](https://evil.example/a)', 'a', 'Reset'],
    ['see https://evil.example/b', 'a', 'https://evil.example/b'],
    ['www.evil.example', 'a', 'www.evil.example'],
  ])('%s', (text, element, shown) => {
    expect(rendered(text).querySelector(element)?.textContent).toBe(shown);
  });

  test('character references are read, tags are not', () => {
    expect(rendered('a&lt;b & c').textContent).toBe('a<b & c');
    const tag = rendered('<img src=x onerror=alert(1)> [a](javascript:alert(1))');
    expect(tag.children).toHaveLength(0);
  });
});

test('what the product has made harmless shows as it was written, whatever it is (33, 34)', () => {
  const live = fc.constantFrom(
    '**',
    '_',
    '[a](https://evil.example)',
    '&lt;',
    'www.',
    'http://',
    '<at>',
    '\\',
    '\u202e',
  );
  const anything = fc.array(fc.oneof(live, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 12 });
  fc.assert(
    fc.property(anything, (parts) => {
      const name = parts.join('');
      const place = rendered(escapeText(name));
      expect(place.children).toHaveLength(0);
      expect(place.textContent).toBe(cleanText(name));
    }),
  );
});
