import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Announcer } from '../components/Announcer.tsx';
import { Themed } from '../components/Themed.tsx';
import { browserTheme, onBrowserTheme } from '../host/browser-theme.ts';
import { matchLocale } from '../locales/match-locale.ts';
import { showLocale } from '../locales/show-locale.ts';
import { Sandbox } from './Sandbox.tsx';

const host = { name: 'browser', theme: browserTheme(), onTheme: onBrowserTheme } as const;
const queries = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });

await showLocale(matchLocale(navigator.language), 'sandbox');
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Themed host={host}>
        <Announcer>
          <Sandbox />
        </Announcer>
      </Themed>
    </QueryClientProvider>
  </StrictMode>,
);
