import type { Locale } from '../../server/contract/vocabulary.ts';

const BY_LANGUAGE: Record<string, Locale> = { en: 'en', it: 'it', pl: 'pl', uk: 'uk', pt: 'pt-BR' };

/**
 * The first of the tags whose language is one of ours; English when none is.
 * matchLocale(null, 'pt-PT', 'it') // => 'pt-BR'
 */
export function matchLocale(...tags: readonly (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    const found = BY_LANGUAGE[tag?.split(/[-_]/)[0]?.toLowerCase() ?? ''];
    if (found) return found;
  }
  return 'en';
}
