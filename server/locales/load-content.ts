import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import {
  agreementFile,
  executiveFile,
  guideFile,
  moduleFile,
  TRAINING_MODULES,
  type AgreementFile,
  type ExecutiveFile,
  type GuideFile,
  type ModuleFile,
  type TrainingModule,
} from '../contract/content.ts';
import { LOCALES, TOPICS, type Locale, type Topic } from '../contract/vocabulary.ts';

/** What an organization can replace, in one language. */
export interface LocalContent {
  guides: Readonly<Record<Topic, GuideFile>>;
  training: Readonly<Record<TrainingModule, ModuleFile>>;
  executive: ExecutiveFile;
  /** By version. */
  agreements: ReadonlyMap<number, AgreementFile>;
}

/** All content in all languages. */
export interface Content extends Readonly<Record<Locale, LocalContent>> {
  /** The version that is agreed to from now on: the newest. */
  agreementVersion: number;
}

/** A content file that cannot be used; the message names the file, the field and what to do. */
export class ContentError extends Error {
  constructor(file: string, fault: string, remedy: string = REMEDY) {
    super(`${file}: ${fault} ${remedy}`);
    this.name = 'ContentError';
  }
}
const REMEDY = 'Correct the file, or remove it and the text that comes with Inverso is used.';

/** Our own files, beside the sources and beside the built server alike. */
export const ownContentFolder = (): string => join(dirname(fileURLToPath(import.meta.url)), '../content');

/**
 * Reads and checks all content. A file below `folder` (null: there is none) takes the place of ours of the same relative
 * path, `en/guides/data-literacy.json`; what is missing there is ours. A new version of the agreement is a new file in
 * each language. Throws ContentError for the first faulty file.
 */
export function loadContent(folder: string | null): Content {
  if (folder !== null && !existsSync(folder))
    throw new ContentError(folder, 'this folder does not exist.', 'Create it, or unset INVERSO_CONTENT_DIR.');
  const read = <T>(path: string, schema: z.core.$ZodType<T>): T => readContentFile(fileOf(folder, path), schema);
  const versions = listVersions(folder);
  const contentOf = (locale: Locale): LocalContent => ({
    guides: byKey(TOPICS, (topic) => read(`${locale}/guides/${topic}.json`, guideFile)),
    training: byKey(TRAINING_MODULES, (id) => read(`${locale}/training/${id}.json`, moduleFile)),
    executive: read(`${locale}/training/executive.json`, executiveFile),
    agreements: new Map(
      versions.map((version) => [version, read(`${locale}/agreement/${version}.json`, agreementFile)]),
    ),
  });
  return { ...byKey(LOCALES, contentOf), agreementVersion: Math.max(...versions) };
}

const fileOf = (folder: string | null, path: string): string => {
  const replaced = folder === null ? null : join(folder, path);
  return replaced !== null && existsSync(replaced) ? replaced : join(ownContentFolder(), path);
};

/** Versions of the agreement, ours and the organization's. A version that lacks a language could not be agreed to in it. */
function listVersions(folder: string | null): number[] {
  const versions = new Set<number>();
  for (const root of folder === null ? [ownContentFolder()] : [ownContentFolder(), folder]) {
    for (const locale of LOCALES) {
      const place = join(root, locale, 'agreement');
      for (const name of existsSync(place) ? readdirSync(place) : []) {
        const version = /^([1-9]\d{0,5})\.json$/.exec(name)?.[1];
        if (version === undefined)
          throw new ContentError(join(place, name), 'versions of the agreement are called 1.json, 2.json and so on.');
        versions.add(Number(version));
      }
    }
  }
  for (const version of versions)
    for (const locale of LOCALES) {
      const path = `${locale}/agreement/${version}.json`;
      if (!existsSync(fileOf(folder, path)))
        throw new ContentError(
          join(folder ?? ownContentFolder(), path),
          'this file is missing: a version of the agreement exists in all five languages.',
          'Write it, or remove the version.',
        );
    }
  return [...versions].sort((a, b) => a - b);
}

const byKey = <K extends string, T>(keys: readonly K[], valueOf: (key: K) => T): Record<K, T> =>
  Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, T>;

function readContentFile<T>(file: string, schema: z.core.$ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ContentError(file, `it is no JSON that can be read (${(error as Error).message}).`);
  }
  const parsed = z.safeParse(schema, json, { error: z.locales.en().localeError });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.length ? issue.path.map(String).join('.') : 'the whole file';
  throw new ContentError(file, `${field}: ${issue?.message ?? 'is not as expected'}.`);
}
