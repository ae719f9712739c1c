import type { BrowserContext } from 'playwright-core';

/** teams-js asks there for a list of hosts that it also has built in; without the network the browser complains once. */
const KNOWN_ADDRESS = 'https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json';

/**
 * Gathers what goes wrong in any page or pop-up of the context: errors on the console (violations of the content policy
 * are among them), uncaught errors. Requests of teams-js to its list of hosts are left out.
 */
export function watchPages(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on('console', (message) => {
    if (message.type() !== 'error' || message.location().url === KNOWN_ADDRESS) return;
    if (message.text().includes(KNOWN_ADDRESS)) return;
    faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`));
  return faults;
}
