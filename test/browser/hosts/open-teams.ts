import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { SandboxPerson } from '../../../server/sandbox/world.ts';
import { PUBLIC_ORIGIN, type Company } from '../company.ts';
import { routePages, type Answer } from '../route-pages.ts';
import { watchPages } from '../watch-pages.ts';

const HOST_PAGE = readFileSync(new URL('teams-host.html', import.meta.url), 'utf8');

export interface TeamsSetup {
  /** Where the host itself is; Teams unless a stranger frames the tab. */
  hostOrigin?: string;
  theme?: 'default' | 'dark' | 'contrast';
  locale?: string;
  /** Whether the organization has allowed the app. */
  consented?: boolean;
  /** Whether the host has a broker for nested sign-in. */
  hasBroker?: boolean;
  /** The host is deaf: nothing is ever answered. */
  isSilent?: boolean;
  /** Page that a deep link names. */
  subPageId?: string;
}

/** A tab in Teams, ready to look at. */
export interface Opened {
  context: BrowserContext;
  page: Page;
  faults: string[];
  cutOff: Set<string>;
}

/** Opens the product's tab in Teams as this person, whom Teams gives tokens of the sandbox. */
export async function openTeams(
  browser: Browser,
  company: Company,
  person: SandboxPerson,
  setup: TeamsSetup = {},
): Promise<Opened> {
  const { hostOrigin = 'https://teams.microsoft.com', locale = 'en-us', theme = 'default' } = setup;
  const { consented = true, hasBroker = true, isSilent = false, subPageId = '' } = setup;
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, reducedMotion: 'reduce' });
  const faults = watchPages(context);
  const answer: Answer = () => ({ body: HOST_PAGE, contentType: 'text/html' });
  const cutOff = await routePages(context, company, { [new URL(hostOrigin).hostname]: answer });
  await context.exposeFunction('mintToken', () => company.both.sandbox.userToken(person.id));
  const page = await context.newPage();
  const asked = {
    tab: `${PUBLIC_ORIGIN}/tab`,
    tenantId: company.both.sandbox.tenantId,
    personId: person.id,
    address: person.mail,
    name: person.displayName,
    ...{ locale, theme, consented, hasBroker, isSilent, subPageId },
  };
  await page.goto(`${hostOrigin}/host?setup=${encodeURIComponent(JSON.stringify(asked))}`);
  return { context, page, faults, cutOff };
}
