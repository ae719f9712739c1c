import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../server/contract/vocabulary.ts';
import { RESOURCES } from '../../server/locales/resources.ts';
import type { MadePair } from '../make/pair.ts';
import { setFaultStage, type FaultStage } from '../server/faults/stage.ts';
import { HOUR } from '../server/faults/units.ts';
import { buildFront, PAGE_FOLDER } from './build-front.ts';
import { takePicture } from './look-at.ts';
import { hasChromium, openBrowser } from './open-browser.ts';
import { watchPages } from './watch-pages.ts';
import { say } from './words.ts';

const LOOKS = ['default', 'dark', 'contrast'] as const;

/* The way of one answer through the sandbox's chat, with the whole product behind it, in each language. */
describe.skipIf(!hasChromium)('a chat with the bot', () => {
  let browser: Browser;
  let stage: FaultStage;
  const pairs = new Map<Locale, MadePair>();

  beforeAll(async () => {
    await buildFront();
    [browser, stage] = await Promise.all([openBrowser(), setFaultStage({ pageFolder: PAGE_FOLDER })]);
    for (const locale of LOCALES) pairs.set(locale, await bookIn(locale));
    await stage.pass(HOUR / 12);
    const sessions = (await stage.records()).sessions.filter(({ number }) => number === 1);
    expect(sessions).toHaveLength(LOCALES.length);
    await stage.clock.advanceTo(Math.max(...sessions.map(({ endsAt }) => endsAt)) + HOUR);
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  /** Two people who read this language and have agreed; the bot is installed for both. */
  async function bookIn(locale: Locale): Promise<MadePair> {
    const reads = { preferredLanguage: locale, mailbox: { locale } };
    const made = await stage.propose({ mentor: reads, mentee: reads });
    for (const { personId } of [made.mentor, made.mentee]) {
      await stage.rows.tx((tx) =>
        tx.updateTable('participants').set({ locale }).where('personId', '=', personId).execute(),
      );
      await stage.sandbox.world.chats.install(personId);
    }
    await stage.agree(made);
    return made;
  }

  /** Opens somebody's chat, does what the test does, and holds that nothing went wrong on the way. */
  async function inChat(personId: string, act: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, reducedMotion: 'reduce' });
    const faults = watchPages(context);
    try {
      const page = await context.newPage();
      await page.goto(`${stage.sandbox.origin}/sandbox/#person=${personId}&view=chat`);
      await act(page);
      expect(faults).toEqual([]);
    } finally {
      await context.close();
    }
  }

  async function lookAt(page: Page, name: string): Promise<void> {
    for (const look of LOOKS) {
      await page.getByLabel(say('en', 'sandbox:look.label')).selectOption(look);
      await takePicture(page, `${name}-${look}`);
    }
  }

  /** The cards alone: below them the person can send words of their own. */
  const inCards = (page: Page) => page.locator('.sandbox-card');
  /** A choice by its own words: the name of the first one of a group begins with the question. */
  const radio = (page: Page, choice: string) => page.getByRole('radio', { name: new RegExp(`(^| )${choice}$`) });

  /** The answers that are stored about the sessions of a pair. */
  const answersOf = (personId: string) =>
    stage.rows.tx((tx) =>
      tx
        .selectFrom('feedback')
        .select(['tookPlace', 'usefulness', 'note', 'noteReader', 'version'])
        .where('personId', '=', personId as never)
        .execute(),
    );

  it.each(LOCALES)('in %s: welcome, one tap, thank-you, edit, thank-you', async (locale) => {
    const { mentor, mentee } = pairs.get(locale)!;
    const { welcome, feedback, thanks } = RESOURCES[locale].cards;
    await inChat(mentee.personId, async (page) => {
      await page.getByText(welcome.heading, { exact: true }).waitFor();
      await page.getByText(feedback.heading.replace('{{name}}', mentor.displayName), { exact: true }).waitFor();
      await lookAt(page, `chat-${locale}-asked`);
      await page.getByRole('button', { name: feedback.scale[5], exact: true }).click();
      await page.getByText(thanks.held, { exact: true }).waitFor();
      expect(await answersOf(mentee.personId)).toMatchObject([{ tookPlace: true, usefulness: 5, version: 1 }]);
      await lookAt(page, `chat-${locale}-thanked`);

      await page.getByRole('button', { name: thanks.edit, exact: true }).click();
      const chosen = radio(page, feedback.scale[5]);
      await chosen.waitFor();
      expect(await chosen.isChecked()).toBe(true);
      await radio(page, feedback.scale[4]).check();
      await page.getByLabel(new RegExp(`^${feedback.note.slice(0, 12)}`)).fill('**1** [2](https://e.example)');
      await lookAt(page, `chat-${locale}-edited`);
      await inCards(page).getByRole('button', { name: feedback.send, exact: true }).click();
      await page.getByText(thanks.held, { exact: true }).waitFor();
      expect(await answersOf(mentee.personId)).toEqual([
        {
          tookPlace: true,
          usefulness: 4,
          note: '**1** [2](https://e.example)',
          noteReader: 'programTeamGrouped',
          version: 2,
        },
      ]);
    });
  });

  it('says what is missing, keeps what was typed, and takes the mentor’s answer then', async () => {
    const { mentor } = pairs.get('it')!;
    const { feedback, thanks, choose } = RESOURCES.it.cards;
    await inChat(mentor.personId, async (page) => {
      const note = page.getByLabel(new RegExp(`^${feedback.note.slice(0, 12)}`));
      await note.fill('Bene');
      await inCards(page).getByRole('button', { name: feedback.send, exact: true }).click();
      await page.getByText(choose, { exact: true }).first().waitFor();
      expect(await answersOf(mentor.personId)).toEqual([]);
      expect(await note.inputValue()).toBe('Bene');
      await takePicture(page, 'chat-it-missing');
      await radio(page, feedback.yes).check();
      await inCards(page).getByRole('button', { name: feedback.send, exact: true }).click();
      await page.getByText(thanks.held, { exact: true }).waitFor();
      expect(await answersOf(mentor.personId)).toMatchObject([{ tookPlace: true, note: 'Bene' }]);
    });
  });
});
