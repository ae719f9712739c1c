import type { IPublicClientApplication } from '@azure/msal-browser';
import type { ConfigReply } from '../../server/contract/http.ts';
import { tokenSilently } from './browser.ts';
import { SignInNeeded, type Host, type HostTheme } from './host.ts';
import { nestedClient, signInNested, withShortScope } from './nested-app-auth.ts';
import { openSafely } from './open-safely.ts';
import { readItem } from './read-item.ts';

/** The pane in Outlook, once office.js has answered (see load-office.ts). */
export function openInOutlook(loadConfig: () => Promise<ConfigReply>): Host {
  const { context } = Office;
  let opening: Promise<IPublicClientApplication> | null = null;
  const clientOf = (config: ConfigReply): Promise<IPublicClientApplication> =>
    (opening ??= nestedClient(config, '/taskpane').catch((error: unknown) => {
      opening = null;
      throw error;
    }));
  return {
    name: 'outlook',
    locale: context.displayLanguage,
    theme: themeOf(context.officeTheme),
    onTheme: (listener) => listen(Office.EventType.OfficeThemeChanged, () => listener(themeOf(context.officeTheme))),
    async token() {
      const config = await loadConfig();
      const client = await clientOf(config);
      return withShortScope(config, async (scope) =>
        hasBroker() ? brokered(client, scope) : tokenSilently(client, scope),
      );
    },
    async signIn() {
      opening = signInNested(await loadConfig(), '/taskpane');
      await opening;
    },
    signsInByRedirect: false,
    openLink(url) {
      if (context.requirements.isSetSupported('OpenBrowserWindowApi', '1.1')) context.ui.openBrowserWindow(url);
      else openSafely(url);
    },
    ready: () => undefined,
    pageId: null,
    isFallback: false,
    item: () => readItem(context.mailbox),
    onItem: (listener) => listen(Office.EventType.ItemChanged, listener),
  };
}

/** Whether Outlook brings its own broker (nested app authentication). */
const hasBroker = (): boolean => Office.context.requirements.isSetSupported('NestedAppAuth', '1.1');

/** The broker knows the account of the mailbox without having been asked before. */
async function brokered(client: IPublicClientApplication, scope: string): Promise<string> {
  try {
    return (await client.acquireTokenSilent({ scopes: [scope] })).accessToken;
  } catch (error) {
    if (error instanceof Error && error.message.includes('AADSTS90009')) throw error;
    throw new SignInNeeded('signedOut', error);
  }
}

/** Events that this Outlook does not have are simply never told. */
function listen(event: Office.EventType, listener: () => void): () => void {
  const { mailbox } = Office.context;
  try {
    mailbox.addHandlerAsync(event, listener);
  } catch {
    return () => undefined;
  }
  return () => mailbox.removeHandlerAsync(event);
}

/** Outlook names no theme but gives its colors. themeOf({ bodyBackgroundColor: '#1f1f1f' }) // => 'dark' */
function themeOf(theme: Office.OfficeTheme | undefined): HostTheme {
  if (matchMedia('(forced-colors: active)').matches) return 'contrast';
  if (theme?.isDarkTheme !== undefined) return theme.isDarkTheme ? 'dark' : 'default';
  const color = /^#?([0-9a-f]{6})$/i.exec(theme?.bodyBackgroundColor ?? '')?.[1];
  if (color === undefined) return 'default';
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  // Weights of perceived brightness (ITU-R BT.601).
  return 0.299 * red! + 0.587 * green! + 0.114 * blue! < 128 ? 'dark' : 'default';
}
