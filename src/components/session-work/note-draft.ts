import type { NoteShare } from '../../../server/contract/session-work.ts';

/*
 * What was typed and is not saved yet outlives the page, as long as the window does: nothing that was typed is lost without a
 * connection. It leaves the window's memory as soon as the server has it.
 */

const keyOf = (personId: string, sessionId: string, share: NoteShare): string =>
  `inverso.note.${personId}.${sessionId}.${share}`;

/** What of a note is not saved yet; null: all is. Some hosts give pages no memory. */
export function readDraft(personId: string, sessionId: string, share: NoteShare): string | null {
  try {
    return sessionStorage.getItem(keyOf(personId, sessionId, share));
  } catch {
    return null;
  }
}

/** Keeps what is not saved yet; null once it is. */
export function keepDraft(personId: string, sessionId: string, share: NoteShare, text: string | null): void {
  try {
    const key = keyOf(personId, sessionId, share);
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // The field still holds it.
  }
}
