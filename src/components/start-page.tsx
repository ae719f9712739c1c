import { StrictMode, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { Host } from '../host/host.ts';
import { matchLocale } from '../locales/match-locale.ts';
import { showLocale } from '../locales/show-locale.ts';
import { StartFailed } from './StartFailed.tsx';

let root: Root | null = null;

/**
 * Finds out where the page runs and shows it in that host's language. When even that fails (no configuration, no
 * network) the page says so and offers to begin again.
 */
export async function startPage(chooseHost: () => Promise<Host>, render: (host: Host) => ReactNode): Promise<void> {
  const element = document.getElementById('root');
  if (!element) throw new Error('the page has no #root');
  root ??= createRoot(element);
  try {
    const host = await chooseHost();
    await showLocale(matchLocale(host.locale, navigator.language));
    root.render(<StrictMode>{render(host)}</StrictMode>);
  } catch (error) {
    console.error(error);
    await showLocale(matchLocale(navigator.language));
    root.render(<StartFailed error={error} onRetry={() => void startPage(chooseHost, render)} />);
  }
}
