import { writeState, type SavedState } from './state-folder.ts';

/** Real time between a change and its being written: many changes come together. */
const SAVE_AFTER_MILLISECONDS = 2000;

/** Writes the state of the sandbox now and then. */
export interface StateKeeper {
  /** Something may have changed: it is written soon. */
  changed(): void;
  /** Written when this resolves. */
  save(): Promise<void>;
  /** Writes once more and stops. */
  close(): Promise<void>;
}

/** Keeps what `take` gives in the folder; with null it keeps nothing. Write errors reject `save` and `close`. */
export function keepState(folder: string | null, take: () => Omit<SavedState, 'format'>): StateKeeper {
  if (folder === null) return { changed: () => undefined, save: async () => undefined, close: async () => undefined };
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const save = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const write = (): Promise<void> => writeState(folder, take());
    // One after the other; a write that failed does not keep the next from trying.
    writing = writing.then(write, write);
    return writing;
  };

  return {
    changed() {
      // What fails here fails again, and is told, at the next save that somebody waits for.
      timer ??= setTimeout(() => void save().catch(() => undefined), SAVE_AFTER_MILLISECONDS).unref();
    },
    save,
    close: save,
  };
}
