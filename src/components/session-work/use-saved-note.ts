import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { NoteShare, WorkReply } from '../../../server/contract/session-work.ts';
import { keepNote } from '../../api/keep-note.ts';
import { useMe, useServices } from '../services.ts';
import { keepDraft, readDraft } from './note-draft.ts';

/** Typing is over when nothing came for so long. */
const PAUSE_MS = 1_000;
/** Without a connection it is tried again so often. */
const AGAIN_MS = 10_000;

export type SaveState = 'saved' | 'saving' | 'waiting';

/**
 * A note that saves itself: a second after the last letter, when the field is left, and again and again while it cannot be
 * sent. What is typed while it is sent follows it.
 */
export function useSavedNote(
  sessionId: string,
  share: NoteShare,
  stored: string,
): { text: string; state: SaveState; change(text: string): void; save(): void } {
  const { client } = useServices();
  const { personId } = useMe();
  const queries = useQueryClient();
  const [text, setText] = useState(() => readDraft(personId, sessionId, share) ?? stored);
  const [state, setState] = useState<SaveState>(text === stored ? 'saved' : 'saving');
  const wanted = useRef(text);
  const known = useRef(stored);
  const isSending = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const saveIn = (milliseconds: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void send(), milliseconds);
  };
  const send = async (): Promise<void> => {
    clearTimeout(timer.current);
    if (isSending.current || wanted.current === known.current) return;
    isSending.current = true;
    const sent = wanted.current;
    try {
      await keepNote(client, sessionId, { share, text: sent });
      known.current = sent;
      queries.setQueryData<WorkReply>(['work', sessionId], (work) =>
        work === undefined ? work : { ...work, notes: { ...work.notes, [share]: sent } },
      );
      if (wanted.current === sent) {
        keepDraft(personId, sessionId, share, null);
        setState('saved');
      } else saveIn(PAUSE_MS);
    } catch {
      setState('waiting');
      saveIn(AGAIN_MS);
    } finally {
      isSending.current = false;
    }
  };
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    const go = (): void => void latest.current();
    go();
    addEventListener('online', go);
    addEventListener('pagehide', go);
    return () => {
      removeEventListener('online', go);
      removeEventListener('pagehide', go);
      // Leaving the page is leaving the field.
      go();
    };
  }, []);
  return {
    text,
    state,
    change(next) {
      wanted.current = next;
      setText(next);
      setState('saving');
      keepDraft(personId, sessionId, share, next);
      saveIn(PAUSE_MS);
    },
    save: () => void send(),
  };
}
