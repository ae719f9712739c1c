import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Where pictures are kept; without it none are taken. */
const FOLDER = process.env['INVERSO_SCREENSHOTS'];

/** Takes a picture of the page where INVERSO_SCREENSHOTS names a folder. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!FOLDER) return;
  await mkdir(FOLDER, { recursive: true });
  // axe works in a page of its own, which would leave this one unpainted.
  await page.bringToFront();
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true });
}

/**
 * What axe finds on the page, one line a rule and element. Tabster's invisible markers are left out: they are focusable on
 * purpose and hidden from screen readers.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
