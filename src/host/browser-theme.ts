import type { HostTheme } from './host.ts';

const DARK = '(prefers-color-scheme: dark)';
const CONTRAST = '(prefers-contrast: more)';

/** What the operating system asks for. In forced colors the system's own palette rules and Fluent follows it. */
export function browserTheme(): HostTheme {
  if (matchMedia(CONTRAST).matches) return 'contrast';
  return matchMedia(DARK).matches ? 'dark' : 'default';
}

/** Calls the listener when the operating system's wish changes; gives the function that ends it. */
export function onBrowserTheme(listener: (theme: HostTheme) => void): () => void {
  const queries = [matchMedia(DARK), matchMedia(CONTRAST)];
  const tell = (): void => listener(browserTheme());
  for (const query of queries) query.addEventListener('change', tell);
  return () => {
    for (const query of queries) query.removeEventListener('change', tell);
  };
}
