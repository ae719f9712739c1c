import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { useState, type ReactNode } from 'react';
import { createApiClient } from '../api/client.ts';
import type { Host } from '../host/host.ts';
import { Announcer } from './Announcer.tsx';
import { ServicesContext } from './services.ts';
import { Themed } from './Themed.tsx';

/** Host, API, look and live region around a page. The client retries by itself, so the queries do not. */
export function Root({ host, children }: { host: Host; children: ReactNode }) {
  const [services] = useState(() => ({
    host,
    client: createApiClient({ token: () => host.token(), locale: () => i18next.language }),
  }));
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: false, staleTime: 20_000 }, mutations: { retry: false } },
      }),
  );
  return (
    <QueryClientProvider client={queries}>
      <ServicesContext.Provider value={services}>
        <Themed host={host}>
          <Announcer>{children}</Announcer>
        </Themed>
      </ServicesContext.Provider>
    </QueryClientProvider>
  );
}
