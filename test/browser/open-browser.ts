import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Whether the browser is there; without it the tests are skipped, which `.ci/run` counts as a failure. */
export const hasChromium = existsSync(CHROMIUM);
if (!hasChromium) console.warn(`skipped: there is no Chromium at ${CHROMIUM} (apt-get install chromium)`);

const ARGUMENTS = [
  '--no-sandbox',
  // The sandbox's sign-in service is on loopback; Entra is not, and a page of a public address may simply ask it.
  '--disable-features=LocalNetworkAccessChecks',
];

/** Starts Chromium without a window. The pages are the only thing it can reach: see `route-pages.ts`. */
export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
