import { useState } from 'react';
import type { AskView } from '../../../server/contract/http.ts';
import { askKey } from './ask.ts';

export interface Answered {
  /** What is still to be answered. */
  open: AskView[];
  /** What was answered during this visit, with the sentence that stands in its place. */
  done: { key: string; text: string }[];
  onDone: (ask: AskView, text: string) => void;
}

/** Keeps the sentences of what was answered, also when the server no longer asks it. */
export function useAnswered(asks: readonly AskView[]): Answered {
  const [done, setDone] = useState<Answered['done']>([]);
  return {
    open: asks.filter((ask) => !done.some(({ key }) => key === askKey(ask))),
    done,
    onDone: (ask, text) => setDone((before) => [...before, { key: askKey(ask), text }]),
  };
}
