import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Where pictures are kept; without it none are taken. */
const FOLDER = process.env['INVERSO_SCREENSHOTS'];

/** The narrowest window in which pages must not scroll sideways (WCAG 2.2, 1.4.10). */
const NARROWEST = { width: 320, height: 640 };

const hasFrames = (page: Page): boolean => page.frames().length > 1;

/** Takes a picture of the page where INVERSO_SCREENSHOTS names a folder. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!FOLDER) return;
  await mkdir(FOLDER, { recursive: true });
  // axe works in a page of its own, which would leave this one unpainted.
  await page.bringToFront();
  // A look that was chosen just now is painted by then.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  // Beyond the window, frames of other sites stay white.
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: !hasFrames(page) });
}

/**
 * What axe finds on the page, one line a rule and element. Tabster's invisible markers are left out: they are focusable on
 * purpose and hidden from screen readers.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  // Without frames of other sites there is nothing to gather in a page of axe's own, which takes as long as the rest.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(!hasFrames(page));
  const { violations } = await axe.exclude('[data-tabster-dummy]').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Elements that reach out of the narrowest window to the right; the window is as wide as before afterwards. */
export async function findOverflow(page: Page, name: string): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(NARROWEST);
  const found = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const all = [...document.querySelectorAll('body *')];
    const wide = all.filter((element) => element.getBoundingClientRect().right > clientWidth);
    return [
      `${scrollWidth} px wide`,
      ...wide.map((element) => `${element.tagName}: ${element.textContent.slice(0, 40)}`),
    ];
  });
  await takePicture(page, `${name}-narrow`);
  if (before) await page.setViewportSize(before);
  return found;
}
