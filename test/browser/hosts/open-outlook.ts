import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { SandboxPerson } from '../../../server/sandbox/world.ts';
import { PUBLIC_ORIGIN, type Company } from '../company.ts';
import { routePages, type Answer } from '../route-pages.ts';
import { watchPages } from '../watch-pages.ts';
import type { Opened } from './open-teams.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const OFFICE = fileURLToPath(new URL('../../../node_modules/@microsoft/office-js/dist/', import.meta.url));
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/** Microsoft's real library, as its own servers give it out. */
const officeJs: Answer = (url) => {
  const file = OFFICE + url.pathname.replace('/lib/1/hosted/', '');
  if (!existsSync(file) || !statSync(file).isFile()) return null;
  return { body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'text/plain' };
};

/** Hosts from which office.js is loaded. */
export const OFFICE_HOSTS: Readonly<Record<string, Answer>> = {
  'appsforoffice.microsoft.com': officeJs,
  'ajax.aspnetcdn.com': () => ({ body: read('ajax-shim.js'), contentType: 'text/javascript' }),
};

/** The item beside the pane. */
export interface Item {
  kind: 'invitation' | 'appointmentRead' | 'appointmentCompose';
  subject: string;
  organizer: { name: string; address: string };
  /** ISO instants. */
  start: string;
  end: string;
}

/** Opens the product's pane beside an item in Outlook on the web, with nobody signed in yet. */
export async function openOutlook(
  browser: Browser,
  company: Company,
  person: SandboxPerson,
  item: Item,
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 900, height: 900 }, reducedMotion: 'reduce' });
  const faults = watchPages(context);
  const hostPage: Answer = () => ({ body: read('outlook-host.html'), contentType: 'text/html' });
  const cutOff = await routePages(context, company, { ...OFFICE_HOSTS, 'outlook.office.com': hostPage });
  const page = await context.newPage();
  const setup = {
    ...item,
    pane: `${PUBLIC_ORIGIN}/taskpane`,
    locale: 'en-US',
    person: { name: person.displayName, address: person.mail },
    start: Date.parse(item.start),
    end: Date.parse(item.end),
  };
  await page.goto(`https://outlook.office.com/host?setup=${encodeURIComponent(JSON.stringify(setup))}`);
  return { context, page, faults, cutOff };
}
