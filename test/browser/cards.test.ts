import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanText } from '../../server/bot/escape-text.ts';
import { LOCALES, type Locale } from '../../server/contract/vocabulary.ts';
import { findBarriers, findOverflow, takePicture } from './look-at.ts';
import { hasChromium, openBrowser } from './open-browser.ts';
import { showCards, type CardShow } from './show-cards.ts';
import { watchPages } from './watch-pages.ts';
import { say } from './words.ts';

const LOOKS = ['default', 'dark', 'contrast'] as const;
const NAME = 'Łucja O’Brien & Søn';
/** Short enough that no card clips it. */
const HOSTILE = '<at>CEO</at> **x** _y_ [a](https://e.example) \u202Eg &lt; www.e.example {{DATE(0)}}';

describe.skipIf(!hasChromium)('every card in the chat', () => {
  let browser: Browser;
  let show: CardShow;
  let hostile: CardShow;
  beforeAll(async () => {
    [browser, show, hostile] = await Promise.all([openBrowser(), showCards(NAME), showCards(HOSTILE)]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([show?.close(), hostile?.close()]);
  });

  /** Opens somebody's chat, does what the test does, and holds that nothing went wrong on the way. */
  async function inChat({ addressOf, cards }: CardShow, locale: Locale, act: (page: Page) => Promise<void>) {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, reducedMotion: 'reduce' });
    const faults = watchPages(context);
    try {
      const page = await context.newPage();
      await page.goto(addressOf(locale));
      await page
        .locator('.sandbox-card .ac-adaptiveCard')
        .nth(cards - 1)
        .waitFor();
      expect(await page.locator('.sandbox-card .ac-adaptiveCard').count()).toBe(cards);
      await act(page);
      expect(faults).toEqual([]);
    } finally {
      await context.close();
    }
  }

  it.each(LOCALES)('in %s: in three looks, complete, and no wider than the narrowest window', async (locale) => {
    await inChat(show, locale, async (page) => {
      const backgrounds = new Set<string>();
      for (const look of LOOKS) {
        await page.getByLabel(say('en', 'sandbox:look.label')).selectOption(look);
        const texts = await page.locator('.sandbox-card').allInnerTexts();
        for (const text of texts) {
          expect(text).toMatch(/\S{2}/);
          expect(text).not.toMatch(/\{\{|\b(undefined|null|NaN)\b|\w+:\w+\.\w+|\\/);
        }
        const background = (): Promise<string> =>
          page.evaluate(() => getComputedStyle(document.querySelector('.ac-adaptiveCard')!).backgroundColor);
        // A look that is like one before fails here.
        await expect.poll(async () => backgrounds.has(await background())).toBe(false);
        backgrounds.add(await background());
        // All languages have the same colors and controls.
        if (locale === 'en') expect(await findBarriers(page)).toEqual([]);
        await takePicture(page, `cards-${locale}-${look}`);
      }
      expect(await findOverflow(page, `cards-${locale}`)).toEqual([]);
    });
  });

  it('keeps the choices of one card apart from those of another', async () => {
    await inChat(show, 'en', async (page) => {
      const forms = page.locator('.sandbox-card', { has: page.getByText('Did it take place?') });
      expect(await forms.count()).toBeGreaterThan(1);
      for (const form of await forms.all()) await form.getByRole('radio', { name: 'No', exact: true }).check();
      for (const form of await forms.all())
        expect(await form.getByRole('radio', { name: 'No', exact: true }).isChecked()).toBe(true);
    });
  });

  it('shows what people write as they wrote it: no Markdown, mention, link or turned direction (33 to 36)', async () => {
    await inChat(hostile, 'en', async (page) => {
      const cards = page.locator('.sandbox-card');
      for (const live of ['a[href*=example]', 'strong', 'em', 'at', 'img', 'script'])
        expect(await cards.locator(live).count()).toBe(0);
      const text = (await cards.allTextContents()).join('\n');
      expect(text.split(cleanText(HOSTILE)).length).toBeGreaterThan(40);
      expect(text).not.toMatch(/\u202e|<at>|\\/u);
    });
  });
});
