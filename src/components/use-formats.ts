import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatsOf, type Formats } from '../locales/formats.ts';
import { regionalOf } from '../locales/regional-of.ts';
import { useMe, useServices } from './services.ts';

/** Dates in the reader's language, as their region writes it, and zone; in another person's zone where one is given. */
export function useFormats(otherZone?: string): Formats {
  const { i18n } = useTranslation();
  const { host } = useServices();
  const me = useMe();
  const timeZone = otherZone ?? me.timeZone;
  const tag = regionalOf(i18n.language, host.locale);
  return useMemo(() => formatsOf(tag, timeZone), [tag, timeZone]);
}
