import {
  CacheLookupPolicy,
  createStandardPublicClientApplication,
  InteractionRequiredAuthError,
  type AccountInfo,
  type IPublicClientApplication,
} from '@azure/msal-browser';
import type { ConfigReply } from '../../server/contract/http.ts';
import { browserTheme, onBrowserTheme } from './browser-theme.ts';
import { SignInNeeded, type Host } from './host.ts';
import { msalOptions, type SignInPage } from './msal-options.ts';
import { openSafely } from './open-safely.ts';

const accountOf = (client: IPublicClientApplication): AccountInfo | null =>
  client.getActiveAccount() ?? client.getAllAccounts()[0] ?? null;

/**
 * A token without asking anybody. The hidden frame of msal is not used: it costs ten seconds where it is blocked.
 * Throws SignInNeeded.
 */
export async function tokenSilently(client: IPublicClientApplication, scope: string): Promise<string> {
  const account = accountOf(client);
  if (!account) throw new SignInNeeded('signedOut');
  try {
    const result = await client.acquireTokenSilent({
      scopes: [scope],
      account,
      cacheLookupPolicy: CacheLookupPolicy.AccessTokenAndRefreshToken,
    });
    return result.accessToken;
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError || isOutOfCache(error))
      throw new SignInNeeded('signedOut', error);
    throw error;
  }
}

/** msal's word for "neither a token nor a refresh token in the cache" is not an InteractionRequiredAuthError. */
const isOutOfCache = (error: unknown): boolean =>
  error instanceof Error && 'errorCode' in error && error.errorCode === 'token_refresh_required';

export interface BrowserHostOptions {
  page: SignInPage;
  /** `redirect` leaves the page and comes back; `popup` works inside a frame. */
  by: 'redirect' | 'popup';
  isFallback: boolean;
}

/** A plain browser window: signs in by authorization code with PKCE, at the authority that the server names. */
export async function openInBrowser(config: ConfigReply, options: BrowserHostOptions): Promise<Host> {
  const client = await createStandardPublicClientApplication(msalOptions(config, options.page));
  if (options.by === 'redirect') {
    const returned = await client.handleRedirectPromise().catch(() => null);
    if (returned) client.setActiveAccount(returned.account);
  }
  return {
    name: 'browser',
    locale: navigator.language,
    theme: browserTheme(),
    onTheme: onBrowserTheme,
    token: () => tokenSilently(client, config.scope),
    async signIn() {
      if (options.by === 'redirect') {
        await client.acquireTokenRedirect({ scopes: [config.scope] });
      } else {
        client.setActiveAccount((await client.acquireTokenPopup({ scopes: [config.scope] })).account);
      }
    },
    signsInByRedirect: options.by === 'redirect',
    openLink: openSafely,
    ready: () => undefined,
    pageId: null,
    isFallback: options.isFallback,
  };
}
