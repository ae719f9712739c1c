import i18next from 'i18next';
import { LOCALES, type Locale, type Topic } from '../contract/vocabulary.ts';
import { RESOURCES } from './resources.ts';

/** Everything that depends on who reads: language and time zone. */
export interface ReaderTexts {
  readonly locale: Locale;
  readonly timeZone: string;
  /** The text of `namespace:key` with its values; `count` chooses the plural. The English text where one is missing. */
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  readonly has: (key: string) => boolean;
  readonly topic: (topic: Topic) => string;
  /** The name of a language (`it`) in the reader's language; the tag itself where there is none. */
  readonly language: (tag: string) => string;
  /** The name of a country (`IT`) in the reader's language; what is no code of two capitals stays as it is. */
  readonly country: (code: string) => string;
  /** `Thursday, October 15` */
  readonly date: (at: number) => string;
  /** `Oct 15` */
  readonly shortDate: (at: number) => string;
  /** `9:30 AM`, `09:30`: as the language writes it. */
  readonly time: (at: number) => string;
  /** `Thursday, October 15 at 9:30 AM` */
  readonly dateTime: (at: number) => string;
  readonly weekday: (at: number) => string;
  /** What people call the reader's time zone around then: `Central European Time`, in summer as in winter. */
  readonly zoneName: (at: number) => string;
  /** `a, b, and c` */
  readonly list: (items: readonly string[]) => string;
}

export interface Texts {
  /** Throws RangeError for a time zone that does not exist. */
  reader(locale: Locale, timeZone: string): ReaderTexts;
}

/** A zone's name can be spelled in many ways, so the memory has an end. */
const MOST_READERS = 1_000;

/** All texts that the server writes to people, in five languages. Values are put in as they are: the caller escapes. */
export function createTexts(): Texts {
  const instance = i18next.createInstance();
  void instance.init({
    lng: 'en',
    fallbackLng: 'en',
    supportedLngs: LOCALES,
    load: 'currentOnly',
    resources: RESOURCES,
    ns: Object.keys(RESOURCES.en),
    defaultNS: 'cards',
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  const readers = new Map<string, ReaderTexts>();
  return {
    reader(locale, timeZone) {
      const key = `${locale} ${timeZone}`;
      const known = readers.get(key);
      if (known) return known;
      const reader = createReader(instance, locale, timeZone);
      if (readers.size >= MOST_READERS) readers.clear();
      readers.set(key, reader);
      return reader;
    },
  };
}

function createReader(instance: typeof i18next, locale: Locale, timeZone: string): ReaderTexts {
  const t = instance.getFixedT(locale);
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    // Old fonts have no sign for the narrow blank before AM.
    return (at: number) => formatter.format(at).replace(/\u202f/g, ' ');
  };
  const clockTime = { hour: locale === 'en' ? 'numeric' : '2-digit', minute: '2-digit' } as const;
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    locale,
    timeZone,
    t: (key, values = {}) => t(key, { ...values }),
    has: (key) => instance.exists(key, { lng: locale }),
    topic: (topic) => t(`topics:${topic}`),
    language(tag) {
      try {
        return languages.of(tag) ?? tag;
      } catch {
        return tag;
      }
    },
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
    date: format(day),
    shortDate: format({ day: 'numeric', month: 'short' }),
    time: format(clockTime),
    dateTime: format({ ...day, ...clockTime }),
    weekday: format({ weekday: 'long' }),
    zoneName: (at) => nameZone(locale, timeZone, at),
    list: (items) => lists.format(items),
  };
}

/** Where a zone has no name for summer and winter together, as UTC has none, the name of that day. */
function nameZone(locale: Locale, timeZone: string, at: number): string {
  const [generic, ofDay] = (['longGeneric', 'long'] as const).map((timeZoneName) =>
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName'),
  );
  const hasName = generic !== undefined && !generic.value.startsWith('GMT');
  return (hasName ? generic.value : ofDay?.value) ?? timeZone;
}
