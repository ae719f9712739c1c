import type { Configuration } from '@azure/msal-browser';
import type { ConfigReply } from '../../server/contract/http.ts';

/** Where the answer of the sign-in page arrives: the page itself. */
export type SignInPage = '/tab' | '/taskpane';

/**
 * Settings of msal-browser. Where `loginEndpoints` are given they are handed over as metadata, since the library takes
 * the authority's own addresses only over https.
 *
 * The pop-up's answer is read from its address by the opener: in Outlook and Teams our page is a frame of another site,
 * where a BroadcastChannel to a top-level window of ours does not arrive. The page is framed only by hosts that its
 * Content-Security-Policy names, which is what `originCheck` would otherwise make sure of.
 */
export function msalOptions(config: ConfigReply, page: SignInPage): Configuration {
  const { loginEndpoints } = config;
  return {
    auth: {
      clientId: config.clientId,
      authority: config.authority,
      redirectUri: location.origin + page,
      ...(loginEndpoints && {
        authorityMetadata: JSON.stringify({
          authorization_endpoint: loginEndpoints.authorize,
          token_endpoint: loginEndpoints.token,
          jwks_uri: loginEndpoints.keys,
          issuer: loginEndpoints.issuer,
        }),
      }),
    },
    cache: { cacheLocation: 'sessionStorage' },
    system: { enableLegacyPolling: true },
  };
}
