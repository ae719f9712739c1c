import type { ErrorText } from '../contract/card-messages.ts';
import type { Locale } from '../contract/vocabulary.ts';
import { createTexts } from '../locales/create-texts.ts';

const texts = createTexts();

/** The sentence of an error on a card, with the name of the field at fault where there is one. */
export function sayError(text: ErrorText, locale: Locale, timeZone: string, field: string | null = null): string {
  const sentence = texts.reader(locale, timeZone).t(`cards:errors.${text}`);
  return field === null ? sentence : `${sentence} (${field})`;
}
