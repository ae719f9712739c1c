import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TRAINING_MODULES, type GuideFile, type ModuleFile } from '../../../server/contract/content.ts';
import { LOCALES, TOPICS } from '../../../server/contract/vocabulary.ts';
import { loadContent, ownContentFolder } from '../../../server/locales/load-content.ts';
import { writeGuide } from '../../../server/locales/write-guide.ts';

const ours = loadContent(null);
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder of an organization's own files. */
function folderWith(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'inverso-content-'));
  folders.push(folder);
  for (const [path, value] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof value === 'string' ? value : JSON.stringify(value));
  }
  return folder;
}
const readOwn = (path: string): GuideFile =>
  JSON.parse(readFileSync(join(ownContentFolder(), path), 'utf8')) as GuideFile;

describe('our own content', () => {
  it.each(LOCALES)('%s has a guide of its own for every topic', (locale) => {
    const titles = TOPICS.map((topic) => ours[locale].guides[topic].title);
    expect(new Set(titles).size).toBe(TOPICS.length);
    const steps = TOPICS.map((topic) => ours[locale].guides[topic].agenda[1]?.text);
    expect(new Set(steps).size).toBe(TOPICS.length);
    if (locale === 'en') return;
    for (const topic of TOPICS) {
      const [own, english] = [ours[locale].guides[topic], ours.en.guides[topic]];
      expect(own.title, topic).not.toBe(english.title);
      expect(own.agenda.map(({ minutes }) => minutes)).toEqual(english.agenda.map(({ minutes }) => minutes));
      expect(own.prompts.length, topic).toBe(english.prompts.length);
      expect(own.preparation.mentor.length, topic).toBe(english.preparation.mentor.length);
      expect(own.preparation.mentee.length, topic).toBe(english.preparation.mentee.length);
    }
  });

  it.each(LOCALES)('%s has the same training as English, with its own words', (locale) => {
    for (const id of TRAINING_MODULES) {
      const [own, english] = [ours[locale].training[id], ours.en.training[id]];
      expect(
        own.sections.map(({ text }) => text.length),
        id,
      ).toEqual(english.sections.map(({ text }) => text.length));
      expect(own.check.map(({ right, answers }) => [right, answers.length])).toEqual(
        english.check.map(({ right, answers }) => [right, answers.length]),
      );
      for (const { answers } of own.check) expect(new Set(answers).size).toBe(answers.length);
      if (locale !== 'en') expect(own.title).not.toBe(english.title);
    }
    // The right answer must not be found by its place.
    const places = TRAINING_MODULES.flatMap((id) => ours[locale].training[id].check.map(({ right }) => right));
    expect(new Set(places).size).toBe(3);
    expect(ours[locale].executive.sections).toHaveLength(ours.en.executive.sections.length);
  });

  it('shows a guide for the length of the session', () => {
    const guide = writeGuide(ours, 'data-literacy', 'uk', 45);
    expect(guide.agenda.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(45);
    expect(guide).toMatchObject({ topic: 'data-literacy', title: ours.uk.guides['data-literacy'].title });
  });
});

describe('an organization’s files', () => {
  it('take the place of ours of the same path, and leave the others alone', () => {
    const guide = { ...readOwn('it/guides/short-video.json'), title: 'Il nostro video' };
    const content = loadContent(folderWith({ 'it/guides/short-video.json': guide }));
    expect(content.it.guides['short-video'].title).toBe('Il nostro video');
    expect(content.it.guides['data-literacy']).toEqual(ours.it.guides['data-literacy']);
    expect(content.en.guides['short-video']).toEqual(ours.en.guides['short-video']);
  });

  const agenda = (minutes: number[]) => minutes.map((each, i) => ({ minutes: each, text: `Step ${i + 1}` }));
  it.each<[string, (guide: GuideFile) => unknown, RegExp]>([
    ['no JSON', () => '{ "title": ', /no JSON/],
    ['no title', ({ title: _, ...rest }) => rest, /title: .*expected string/],
    ['an empty line', (guide) => ({ ...guide, prompts: ['', ...guide.prompts.slice(1)] }), /prompts\.0: /],
    ['a field that is none', (guide) => ({ ...guide, sumary: 'x' }), /sumary/],
    ['35 minutes', (guide) => ({ ...guide, agenda: agenda([8, 7, 10, 5, 5]) }), /agenda: .*add up to 30/],
    ['no question', (guide) => ({ ...guide, agenda: agenda([3, 7, 5, 5, 10]) }), /agenda: .*mentor's own question/],
  ])('stop the start when they hold %s, and the message says where', (_name, spoil, message) => {
    const folder = folderWith({ 'en/guides/own-systems.json': spoil(readOwn('en/guides/own-systems.json')) });
    let fault = '';
    try {
      loadContent(folder);
    } catch (error) {
      fault = (error as Error).message;
    }
    expect(fault).toContain(join(folder, 'en/guides/own-systems.json'));
    expect(fault).toMatch(message);
    expect(fault).toContain('Correct the file, or remove it');
  });

  it('may add a version of the agreement, which counts from then on, in all languages', () => {
    const first = JSON.parse(readFileSync(join(ownContentFolder(), 'en/agreement/1.json'), 'utf8')) as object;
    const second = { ...first, topics: 'Only about our own systems.' };
    const files = Object.fromEntries(LOCALES.map((locale) => [`${locale}/agreement/2.json`, second]));
    const content = loadContent(folderWith(files));
    expect(content.agreementVersion).toBe(2);
    expect(content.pl.agreements.get(2)?.topics).toBe('Only about our own systems.');
    expect(content.pl.agreements.get(1)).toEqual(ours.pl.agreements.get(1));
    const { 'uk/agreement/2.json': _, ...withoutUkrainian } = files;
    expect(() => loadContent(folderWith(withoutUkrainian))).toThrow(/uk\/agreement\/2\.json: this file is missing/);
    expect(() => loadContent(folderWith({ 'en/agreement/new.json': second }))).toThrow(/called 1\.json, 2\.json/);
  });

  it('name one of the answers as the right one', () => {
    const trust = JSON.parse(readFileSync(join(ownContentFolder(), 'en/training/trust.json'), 'utf8')) as ModuleFile;
    const check = trust.check.map((question) => ({ ...question, right: 3 }));
    const folder = folderWith({ 'en/training/trust.json': { ...trust, check } });
    expect(() => loadContent(folder)).toThrow(/check\.0: right must name one of the answers/);
  });

  it('must be somewhere', () => {
    expect(() => loadContent('/no/such/folder')).toThrow('/no/such/folder: this folder does not exist. Create it');
  });

  it('may be a copy of all of ours', () => {
    const folder = folderWith({});
    cpSync(ownContentFolder(), folder, { recursive: true });
    expect(loadContent(folder)).toEqual(ours);
  });
});
