import type { AppPackage, PackageFault } from './package-types.ts';
import { walkStrings } from './walk-strings.ts';

/** The languages of the product beside English, as the manifest writes them. */
const LANGUAGES = ['it', 'pl', 'pt-br', 'uk'];
const LONGEST_DESCRIPTION_WORDS = 500;
/** Microsoft's rules keep the names of its products out of an app's name. */
const NOT_IN_NAMES = /teams|microsoft|outlook|office|calendar/i;

/** The keys that a language file may have: the parts of Microsoft's localization schema that are looked at. */
export interface LocalizationSchema {
  properties: Record<string, { maxLength?: number }>;
  patternProperties: Record<string, { maxLength?: number }>;
}

/** The most characters that a text may have; any number where the schema does not know it. */
export function lengthOf(path: string, schema: LocalizationSchema): number {
  const known =
    schema.properties[path] ??
    Object.entries(schema.patternProperties).find(([pattern]) => new RegExp(pattern).test(path))?.[1];
  return known?.maxLength ?? Infinity;
}

/**
 * Whether every text that people read has its translation in every language, with nothing left over, and whether names and
 * descriptions keep to the catalog's rules. `schema` says which strings of the manifest can be translated.
 */
export function checkTexts({ manifest, languages }: AppPackage, schema: LocalizationSchema): PackageFault[] {
  const faults: PackageFault[] = [];
  const add = (check: PackageFault['check'], where: string, reason: string): void =>
    void faults.push({ check, where, reason });
  const named = manifest.localizationInfo?.additionalLanguages ?? [];
  if (manifest.localizationInfo?.defaultLanguageTag !== 'en')
    add('language', 'localizationInfo', 'the manifest itself is in English');
  const tags = named.map(({ languageTag }) => languageTag).sort();
  if (tags.join() !== LANGUAGES.join()) add('language', 'localizationInfo', `has ${tags.join(', ')}`);
  for (const { languageTag, file } of named) {
    if (!languages[file]) add('language', file, `is named for ${languageTag} and does not exist`);
  }
  for (const file of Object.keys(languages)) {
    if (!named.some((language) => language.file === file)) add('language', file, 'is not named by the manifest');
  }

  const texts = walkStrings(manifest).filter(
    ({ path, value }) => !value.includes('://') && isLocalizable(path, schema),
  );
  const keys = texts.map(({ path }) => path);
  for (const [file, strings] of Object.entries(languages)) {
    for (const key of keys) {
      if (!strings[key]?.trim()) add('text', `${file} ${key}`, 'has no text');
    }
    for (const key of Object.keys(strings)) {
      if (key !== '$schema' && !keys.includes(key)) add('text', `${file} ${key}`, 'belongs to no text of the manifest');
    }
  }
  const english = Object.fromEntries(texts.map(({ path, value }) => [path, value]));
  for (const [file, strings] of [['manifest.json', english] as const, ...Object.entries(languages)]) {
    if (strings['name.short'] !== 'Inverso')
      add('text', `${file} name.short`, 'the name is the same in every language');
    for (const key of ['name.short', 'name.full']) {
      if (NOT_IN_NAMES.test(strings[key] ?? ''))
        add('text', `${file} ${key}`, `${strings[key]} holds the name of a product of Microsoft`);
    }
    const words = (strings['description.full'] ?? '').split(/\s+/).length;
    if (words > LONGEST_DESCRIPTION_WORDS) add('text', `${file} description.full`, `has ${words} words`);
  }
  return faults;
}

function isLocalizable(path: string, schema: LocalizationSchema): boolean {
  if (path === '$schema') return false;
  return (
    path in schema.properties || Object.keys(schema.patternProperties).some((pattern) => new RegExp(pattern).test(path))
  );
}
