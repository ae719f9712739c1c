import type { FeedbackBody, SessionReply } from '../../server/contract/http.ts';
import type { NoteReader, RightMatch, Teacher, Topic } from '../../server/contract/vocabulary.ts';

/** The form as it stands on the page. */
export interface FeedbackDraft {
  tookPlace: boolean | null;
  usefulness: number | null;
  nextTopic: Topic | null;
  note: string;
  noteReader: NoteReader;
  rightMatch: RightMatch | null;
  safeToSpeak: number | null;
  taughtBy: Teacher | null;
}

/** The stored answer, or the empty form. The reader begins with the group, which protects the writer best. */
export function draftOf(answer: SessionReply['answer']): FeedbackDraft {
  return {
    tookPlace: answer?.tookPlace ?? null,
    usefulness: answer?.usefulness ?? null,
    nextTopic: answer?.nextTopic ?? null,
    note: answer?.note ?? '',
    noteReader: answer?.noteReader ?? 'programTeamGrouped',
    rightMatch: answer?.rightMatch ?? null,
    safeToSpeak: answer?.safeToSpeak ?? null,
    taughtBy: answer?.taughtBy ?? null,
  };
}

/**
 * What is sent; null while the one needed answer is missing. A session that did not take place is asked nothing more.
 * toFeedbackBody({ tookPlace: false, note: 'x', ... }) // => { tookPlace: false }
 */
export function toFeedbackBody(draft: FeedbackDraft): FeedbackBody | null {
  if (draft.tookPlace === null) return null;
  if (!draft.tookPlace) return { tookPlace: false };
  const note = draft.note.trim();
  return {
    tookPlace: true,
    ...(draft.usefulness !== null && { usefulness: draft.usefulness }),
    ...(draft.nextTopic !== null && { nextTopic: draft.nextTopic }),
    ...(note !== '' && { note, noteReader: draft.noteReader }),
    ...(draft.rightMatch !== null && { rightMatch: draft.rightMatch }),
    ...(draft.safeToSpeak !== null && { safeToSpeak: draft.safeToSpeak }),
    ...(draft.taughtBy !== null && { taughtBy: draft.taughtBy }),
  };
}
