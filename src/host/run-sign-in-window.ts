import { readConfig } from '../api/read-config.ts';
import { openInBrowser } from './browser.ts';
import { SignInNeeded } from './host.ts';
import { finishConsentWindow } from './teams.ts';

/** The window that Teams opens for consent: goes to the sign-in page, and tells Teams once it is back signed in. */
export async function runSignInWindow(): Promise<void> {
  const host = await openInBrowser(await readConfig(), { page: '/tab', by: 'redirect', isFallback: false });
  try {
    await host.token();
  } catch (error) {
    if (!(error instanceof SignInNeeded)) throw error;
    return host.signIn();
  }
  await finishConsentWindow();
}
