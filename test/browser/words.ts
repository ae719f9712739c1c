import { readFileSync } from 'node:fs';

interface Words {
  [key: string]: string | Words;
}
const files = new Map<string, Words>();

/**
 * What a page says in a language: the text behind a dotted key of src/locales, its values filled in. Texts of the sandbox's
 * own page begin with `sandbox:`. say('en', 'home.greeting', { name: 'Olha' }) // => 'Hello, Olha'
 */
export function say(locale: string, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const [, namespace = 'app', path = key] = /^(?:(\w+):)?(.+)$/.exec(key) ?? [];
  const file = `${locale}/${namespace}`;
  let found: string | Words | undefined = files.get(file);
  if (found === undefined) {
    const url = new URL(`../../src/locales/${file}.json`, import.meta.url);
    files.set(file, (found = JSON.parse(readFileSync(url, 'utf8')) as Words));
  }
  for (const part of path.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`src/locales/${file}.json has no text ${path}`);
  return found.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => String(values[name]));
}
