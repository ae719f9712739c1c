import { readFileSync } from 'node:fs';

type Words = { [key: string]: string | Words };
const files = new Map<string, Words>();

/**
 * What a page says in a language: the text behind a dotted key of src/locales, its values filled in.
 * say('en', 'home.greeting', { name: 'Olha' }) // => 'Hello, Olha'
 */
export function say(locale: string, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const [namespace, path] = key.includes(':') ? key.split(':') as [string, string] : ['app', key];
  const file = `${locale}/${namespace}`;
  if (!files.has(file)) {
    const url = new URL(`../../src/locales/${file}.json`, import.meta.url);
    files.set(file, JSON.parse(readFileSync(url, 'utf8')) as Words);
  }
  let found: string | Words | undefined = files.get(file);
  for (const part of [...(namespace === 'app' ? [] : []), ...path.split('.')]) {
    found = typeof found === 'object' ? found[part] : undefined;
  }
  if (typeof found !== 'string') throw new Error(`src/locales/${file}.json has no text ${path}`);
  return found.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => String(values[name]));
}
