import { app, authentication, nestedAppAuth } from '@microsoft/teams-js';
import type { ConfigReply } from '../../server/contract/http.ts';
import { SignInNeeded, toHostTheme, type Host, type HostTheme } from './host.ts';
import { openSafely } from './open-safely.ts';
import { withTimeLimit } from './with-time-limit.ts';

/** Inside a frame that is not Teams, `initialize` never settles. */
export const HANDSHAKE_MS = 4_000;
/** `getAuthToken` may show Teams' own consent dialog, but must not hold the page for ever. */
const TOKEN_MS = 20_000;

const CONSENT = /consent|interaction_?required|invalid_grant|invalid_resource/i;

/**
 * Joins Teams (or Outlook and Microsoft 365, which speak the same). Rejects when nobody answers within `limitMs`.
 * `loadConfig` is asked only when consent is needed.
 */
export async function connectToTeams(loadConfig: () => Promise<ConfigReply>, limitMs = HANDSHAKE_MS): Promise<Host> {
  const context = await withTimeLimit(
    app.initialize().then(() => app.getContext()),
    limitMs,
    'Teams',
  );
  const listeners = new Set<(theme: HostTheme) => void>();
  app.registerOnThemeChangeHandler((name) => {
    for (const listener of listeners) listener(toHostTheme(name));
  });
  return {
    name: 'teams',
    locale: context.app.locale,
    theme: toHostTheme(context.app.theme),
    onTheme(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    token: teamsToken,
    signIn: () => askForConsent(loadConfig),
    signsInByRedirect: false,
    openLink: (url) => void app.openLink(url).catch(() => openSafely(url)),
    ready: () => void app.notifySuccess().catch(() => undefined),
    pageId: context.page.subPageId || null,
    isFallback: false,
  };
}

/** Teams keeps and renews the token itself; it must not be cached here. */
async function teamsToken(): Promise<string> {
  try {
    return await withTimeLimit(authentication.getAuthToken(), TOKEN_MS, 'Single sign-on');
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new SignInNeeded(CONSENT.test(text) ? 'consent' : 'signedOut', error);
  }
}

/** Lets the person consent: through Teams' own broker where it has one, else in a window of ours. */
async function askForConsent(loadConfig: () => Promise<ConfigReply>): Promise<void> {
  if (nestedAppAuth.isNAAChannelRecommended()) {
    const { signInNested } = await import('./nested-app-auth.ts');
    await signInNested(await loadConfig(), '/tab');
    return;
  }
  await authentication.authenticate({ url: `${location.origin}/tab?window=sign-in`, width: 560, height: 640 });
}

/** In the window that `askForConsent` opened: tells Teams that signing in is done, which closes the window. */
export async function finishConsentWindow(): Promise<void> {
  await withTimeLimit(app.initialize(), HANDSHAKE_MS, 'Teams');
  authentication.notifySuccess('signed-in');
}
