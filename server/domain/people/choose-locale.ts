import type { Locale } from '../../contract/vocabulary.ts';

const BY_LANGUAGE: Record<string, Locale> = { en: 'en', it: 'it', pl: 'pl', uk: 'uk', pt: 'pt-BR' };

/**
 * The first language tag that is one of ours, English when none is: mailbox language, then the directory's, then the
 * client's (platform.md 2).
 * chooseLocale(null, 'pt-PT') // => 'pt-BR'
 */
export function chooseLocale(...tags: readonly (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    const found = BY_LANGUAGE[tag?.split(/[-_]/)[0]?.toLowerCase() ?? ''];
    if (found) return found;
  }
  return 'en';
}

/**
 * The languages that the tags name, without repetition, in their order.
 * spokenLanguages(['it-IT', 'en-US', 'it']) // => ['it', 'en']
 */
export function spokenLanguages(tags: readonly (string | null | undefined)[]): string[] {
  const languages = tags
    .map((tag) => tag?.split(/[-_]/)[0]?.toLowerCase() ?? '')
    .filter((tag) => /^[a-z]{2,3}$/.test(tag));
  return [...new Set(languages)];
}
