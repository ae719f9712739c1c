import type { ConfigReply } from '../../server/contract/http.ts';
import type { Host } from './host.ts';

type LoadConfig = () => Promise<ConfigReply>;

/** Teams shows a tab in a frame, its mobile apps in a window with a native bridge. */
const mayBeInTeams = (): boolean => window.parent !== window || 'nativeInterface' in window;

const isFramed = (): boolean => window.parent !== window;

/**
 * The host of the tab: Teams when it answers, else the browser. In a frame whose host does not answer the person may
 * still sign in, by pop-up.
 */
export async function chooseTabHost(loadConfig: LoadConfig): Promise<Host> {
  if (mayBeInTeams()) {
    try {
      const { connectToTeams } = await import('./teams.ts');
      return await connectToTeams(loadConfig);
    } catch (error) {
      console.warn('Teams did not answer, going on as a browser', error);
    }
  }
  const { openInBrowser } = await import('./browser.ts');
  const by = isFramed() ? 'popup' : 'redirect';
  return openInBrowser(await loadConfig(), { page: '/tab', by, isFallback: mayBeInTeams() });
}

/** The host of the pane: Outlook when it answers, else the browser with a pop-up. */
export async function choosePaneHost(loadConfig: LoadConfig): Promise<Host> {
  let isFallback = false;
  try {
    const { loadOffice } = await import('./load-office.ts');
    if (await loadOffice()) {
      const { openInOutlook } = await import('./outlook.ts');
      return openInOutlook(loadConfig);
    }
  } catch (error) {
    console.warn('Outlook did not answer, going on as a browser', error);
    isFallback = isFramed();
  }
  const { openInBrowser } = await import('./browser.ts');
  return openInBrowser(await loadConfig(), { page: '/taskpane', by: 'popup', isFallback });
}
