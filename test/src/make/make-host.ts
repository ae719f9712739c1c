import type { Host } from '../../../src/host/host.ts';

/** A host that is signed in and notes which links were opened. */
export function makeHost(part: Partial<Host> = {}): Host & { opened: string[] } {
  const opened: string[] = [];
  return {
    name: 'teams',
    locale: 'en-us',
    theme: 'default',
    onTheme: () => () => undefined,
    token: async () => 'token-1',
    signIn: async () => undefined,
    signsInByRedirect: false,
    openLink: (url) => opened.push(url),
    ready: () => undefined,
    pageId: null,
    isFallback: false,
    ...part,
    opened,
  };
}
