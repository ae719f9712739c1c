import { LOCALES } from '../../contract/vocabulary.ts';

/** What people write though it is no code. */
const ALSO = new Map([
  ['usa', 'US'],
  ['uae', 'AE'],
  ['england', 'GB'],
  ['scotland', 'GB'],
]);
const A = 'A'.charCodeAt(0);
const LETTERS = 26;

let names: Map<string, string> | undefined;

/**
 * The ISO 3166 code of a country as a directory holds it: a code, or a name in one of the product's languages. Null for
 * anything else. // countryCode('Italia') => 'IT'
 */
export function countryCode(country: string | null): string | null {
  const text = (country ?? '').trim().toLowerCase();
  return ALSO.get(text) ?? (names ??= listNames()).get(text) ?? null;
}

/** Every code that the platform can name, by itself and by its names in each language. */
function listNames(): Map<string, string> {
  const found = new Map<string, string>();
  for (const locale of LOCALES) {
    const display = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
    for (let k = 0; k < LETTERS * LETTERS; k++) {
      const code = String.fromCharCode(A + Math.floor(k / LETTERS), A + (k % LETTERS));
      const name = display.of(code);
      if (name === undefined) continue;
      // Old and other codes for the same place become today's.
      const today = new Intl.Locale(`und-${code}`).region ?? code;
      found.set(name.toLowerCase(), today);
      found.set(code.toLowerCase(), today);
    }
  }
  return found;
}
