import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatsOf, type Formats } from '../locales/formats.ts';
import { useMe } from './services.ts';

/** Dates in the reader's language and zone. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  const { timeZone } = useMe();
  return useMemo(() => formatsOf(i18n.language, timeZone), [i18n.language, timeZone]);
}
