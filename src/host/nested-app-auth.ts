import { createNestablePublicClientApplication, type IPublicClientApplication } from '@azure/msal-browser';
import type { ConfigReply } from '../../server/contract/http.ts';
import { msalOptions, type SignInPage } from './msal-options.ts';

/** The client through the host's broker; without a broker it is a plain one that signs in by pop-up. */
export function nestedClient(config: ConfigReply, page: SignInPage): Promise<IPublicClientApplication> {
  return createNestablePublicClientApplication(msalOptions(config, page));
}

/** Signs in through the broker of Teams or Outlook. */
export async function signInNested(config: ConfigReply, page: SignInPage): Promise<IPublicClientApplication> {
  const client = await nestedClient(config, page);
  const result = await withShortScope(config, (scope) => client.acquireTokenPopup({ scopes: [scope] }));
  client.setActiveAccount(result.account);
  return client;
}

/**
 * Some brokers refuse the application id URI with AADSTS90009 (the app asks for a token for itself) and want the client
 * id in its place: asked once more that way.
 */
export async function withShortScope<Result>(
  config: ConfigReply,
  ask: (scope: string) => Promise<Result>,
): Promise<Result> {
  try {
    return await ask(config.scope);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('AADSTS90009')) throw error;
    return ask(`${config.clientId}/access_as_user`);
  }
}
