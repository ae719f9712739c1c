import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '../../server/contract/vocabulary.ts';

/** The texts of the product's pages, and those of the sandbox's own page. */
export type TextSet = 'app' | 'sandbox';

const files = import.meta.glob<{ default: Record<string, unknown> }>('./*/*.json');

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
  if (!i18next.hasResourceBundle(locale, textSet)) {
    const file = files[`./${locale}/${textSet}.json`];
    if (!file) throw new Error(`there are no ${textSet} texts in ${locale}`);
    i18next.addResourceBundle(locale, textSet, (await file()).default);
  }
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}
