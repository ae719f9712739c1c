import { createContext, useContext } from 'react';
import type { HostTheme } from '../host/host.ts';

/** What the person chose in a browser; `system` follows the operating system. */
export type Look = 'system' | HostTheme;
export const LOOKS: readonly Look[] = ['system', 'default', 'dark', 'contrast'];

const KEY = 'inverso.look';

/** The look chosen earlier on this device. */
export function readLook(): Look {
  try {
    const stored = localStorage.getItem(KEY);
    return LOOKS.find((look) => look === stored) ?? 'system';
  } catch {
    // Storage may be denied to a framed page.
    return 'system';
  }
}

/** Keeps the choice where the browser allows it. */
export function storeLook(look: Look): void {
  try {
    localStorage.setItem(KEY, look);
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** The look and how to change it; null where the host decides. */
export interface LookChoice {
  look: Look;
  choose(look: Look): void;
}
export const LookContext = createContext<{ theme: HostTheme; choice: LookChoice | null }>({
  theme: 'default',
  choice: null,
});

/** The theme shown now, and the choice where there is one. */
export function useLook(): { theme: HostTheme; choice: LookChoice | null } {
  return useContext(LookContext);
}
