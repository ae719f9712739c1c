import type { BrowserContext, Route } from 'playwright-core';
import { PUBLIC_ORIGIN, type Company } from './company.ts';

/** Answers the requests to one host; null: that file does not exist there. */
export type Answer = (url: URL) => { body: string | Buffer; contentType: string } | null;

const LOOPBACK = ['127.0.0.1', 'localhost'];
const PUBLIC_HOST = new URL(PUBLIC_ORIGIN).hostname;

/**
 * Lets a browser reach the product under its public https address, with the headers that the server really sends, loopback
 * as it is, and the given hosts from memory. Everything else is cut off; its addresses are in the returned set.
 */
export async function routePages(
  context: BrowserContext,
  company: Company,
  hosts: Readonly<Record<string, Answer>> = {},
): Promise<Set<string>> {
  const cutOff = new Set<string>();
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (LOOPBACK.includes(url.hostname)) return route.continue();
    if (url.hostname === PUBLIC_HOST) return fromServer(route, company.both.origin + url.pathname + url.search);
    const answer = hosts[url.hostname]?.(url);
    if (answer) return route.fulfill(answer);
    cutOff.add(url.hostname + url.pathname);
    return route.abort();
  });
  return cutOff;
}

/** Headers that speak of the connection to the loopback port or of an encoding that is undone by then. */
const OF_THE_CONNECTION = ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'];

/** What the server gives out for good: its name holds its content. */
const assets = new Map<string, Promise<Fulfilled>>();
type Fulfilled = Parameters<Route['fulfill']>[0];

async function fromServer(route: Route, url: string): Promise<void> {
  try {
    await route.fulfill(await (/\/assets\//.test(url) ? askOnce(route, url) : ask(route, url)));
  } catch (error) {
    // The page was closed while it still asked for something.
    if (!(error instanceof Error) || !/closed|disposed/i.test(error.message)) throw error;
  }
}

async function ask(route: Route, url: string): Promise<Fulfilled> {
  const response = await route.fetch({ url, maxRedirects: 0 });
  const headers = response.headers();
  for (const name of OF_THE_CONNECTION) delete headers[name];
  return { status: response.status(), headers, body: await response.body() };
}

function askOnce(route: Route, url: string): Promise<Fulfilled> {
  const known = assets.get(url);
  if (known) return known;
  const asked = ask(route, url);
  assets.set(url, asked);
  // A page that was closed meanwhile must not keep the next one from it.
  asked.catch(() => assets.delete(url));
  return asked;
}
