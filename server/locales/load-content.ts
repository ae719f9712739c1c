import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { guideFile, type GuideFile } from '../contract/content.ts';
import { LOCALES, TOPICS, type Locale, type Topic } from '../contract/vocabulary.ts';

/** What an organization can replace, in one language. */
export interface LocalContent {
  guides: Readonly<Record<Topic, GuideFile>>;
}

/** Guides in all languages. */
export type Content = Readonly<Record<Locale, LocalContent>>;

/** A content file that cannot be used; the message names the file, the field and what to do. */
export class ContentError extends Error {
  constructor(file: string, fault: string) {
    super(`${file}: ${fault} Correct the file, or remove it and the text that comes with Inverso is used.`);
    this.name = 'ContentError';
  }
}

/** Our own files, beside the sources and beside the built server alike. */
export const ownContentFolder = (): string => join(dirname(fileURLToPath(import.meta.url)), '../content');

/**
 * Reads and checks all content. A file below `folder` (null: there is none) takes the place of ours of the same relative
 * path, `en/guides/data-literacy.json`; what is missing there is ours. Throws ContentError for the first faulty file.
 */
export function loadContent(folder: string | null): Content {
  if (folder !== null && !existsSync(folder)) throw new ContentError(folder, 'this folder does not exist.');
  const read = <T>(path: string, schema: z.core.$ZodType<T>): T => {
    const replaced = folder === null ? null : join(folder, path);
    return readContentFile(
      replaced !== null && existsSync(replaced) ? replaced : join(ownContentFolder(), path),
      schema,
    );
  };
  const contentOf = (locale: Locale): LocalContent => ({
    guides: byKey(TOPICS, (topic) => read(`${locale}/guides/${topic}.json`, guideFile)),
  });
  return byKey(LOCALES, contentOf);
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
