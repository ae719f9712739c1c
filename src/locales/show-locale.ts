import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '../../server/contract/vocabulary.ts';

/** The texts of all pages of the product, those of the sandbox's own page, and what single pages add to them. */
export type TextSet =
  'app' | 'check' | 'learning' | 'matching' | 'myData' | 'program' | 'running' | 'sandbox' | 'session';

const files = import.meta.glob<{ default: Record<string, unknown> }>('./*/*.json');
/** What open pages speak of: a change of the language brings all of it. */
const wanted = new Set<TextSet>();

/**
 * Loads the texts of a language and shows the page in it; later calls change the language of the open page. Every
 * language is complete (a test compares them), so none falls back on another.
 */
export async function showLocale(locale: Locale, textSet: TextSet = 'app'): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      ns: [textSet],
      defaultNS: textSet,
      resources: {},
      fallbackLng: false,
      // React escapes what it shows.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  }
  wanted.add(textSet);
  await Promise.all([...wanted].map((set) => load(locale, set)));
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}

/** Loads what one page needs beside the texts of all pages, in the language that is shown. Call it where the page is loaded. */
export async function loadTexts(textSet: TextSet): Promise<void> {
  wanted.add(textSet);
  await load(i18next.language as Locale, textSet);
}

async function load(locale: Locale, textSet: TextSet): Promise<void> {
  if (i18next.hasResourceBundle(locale, textSet)) return;
  const file = files[`./${locale}/${textSet}.json`];
  if (!file) throw new Error(`there are no ${textSet} texts in ${locale}`);
  i18next.addResourceBundle(locale, textSet, (await file()).default);
}
