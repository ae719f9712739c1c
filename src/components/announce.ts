import { createContext, useContext } from 'react';

export const AnnounceContext = createContext<(text: string) => void>(() => undefined);

/** Gives the function that has a screen reader say a sentence, without moving the focus. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}
