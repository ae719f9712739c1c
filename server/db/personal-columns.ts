import type { OwnDataReply } from '../contract/own-data.ts';

/** A column that names a person. */
export interface PersonalColumn {
  table: string;
  column: string;
  /**
   * What erasure does: `deleted` takes rows that are about the person alone; `stranger` puts an id that belongs to nobody
   * in the place of theirs, in rows that others and the numbers of the program need; `emptied` leaves nobody there.
   */
  erasure: 'deleted' | 'stranger' | 'emptied';
  /** Where the person finds these rows in the export of their own data. */
  inExport: keyof OwnDataReply;
}

/**
 * Every column by which rows are about a person: what is erased of somebody, and what they are given of themselves, is one
 * list. Texts and lists in which somebody is named besides are looked after by `erasePerson`.
 */
export const PERSONAL_COLUMNS: readonly PersonalColumn[] = [
  { table: 'administrators', column: 'person_id', erasure: 'deleted', inExport: 'administratorSince' },
  { table: 'participants', column: 'person_id', erasure: 'deleted', inExport: 'participations' },
  { table: 'conversations', column: 'person_id', erasure: 'deleted', inExport: 'chat' },
  { table: 'installations', column: 'person_id', erasure: 'deleted', inExport: 'chat' },
  { table: 'messages', column: 'person_id', erasure: 'deleted', inExport: 'cards' },
  { table: 'assistants', column: 'assistant_id', erasure: 'deleted', inExport: 'assists' },
  { table: 'assistants', column: 'mentee_id', erasure: 'deleted', inExport: 'assistants' },
  { table: 'finished_modules', column: 'person_id', erasure: 'deleted', inExport: 'training' },
  { table: 'session_notes', column: 'person_id', erasure: 'deleted', inExport: 'notes' },
  { table: 'session_actions', column: 'person_id', erasure: 'deleted', inExport: 'actions' },
  { table: 'contact_requests', column: 'person_id', erasure: 'deleted', inExport: 'contactsAsked' },
  { table: 'contact_requests', column: 'contact_id', erasure: 'deleted', inExport: 'contactRequests' },
  { table: 'match_wishes', column: 'mentee_id', erasure: 'deleted', inExport: 'matchWishes' },
  { table: 'match_wishes', column: 'mentor_id', erasure: 'deleted', inExport: 'matchWishes' },
  { table: 'cohorts', column: 'safe_contact_id', erasure: 'emptied', inExport: 'safeContactOf' },
  { table: 'mailbox_marks', column: 'mailbox_id', erasure: 'deleted', inExport: 'mailbox' },
  { table: 'mailbox_pauses', column: 'mailbox_id', erasure: 'deleted', inExport: 'mailbox' },
  { table: 'mailbox_sends', column: 'mailbox_id', erasure: 'deleted', inExport: 'mailbox' },
  { table: 'subscriptions', column: 'mailbox_id', erasure: 'deleted', inExport: 'mailbox' },
  { table: 'people', column: 'person_id', erasure: 'deleted', inExport: 'person' },
  { table: 'pairs', column: 'mentor_id', erasure: 'stranger', inExport: 'pairs' },
  { table: 'pairs', column: 'mentee_id', erasure: 'stranger', inExport: 'pairs' },
  { table: 'feedback', column: 'person_id', erasure: 'stranger', inExport: 'feedback' },
  { table: 'feedback_requests', column: 'person_id', erasure: 'stranger', inExport: 'feedbackAsked' },
  { table: 'session_offers', column: 'asked_of', erasure: 'stranger', inExport: 'newTimes' },
  { table: 'session_offers', column: 'answered_by', erasure: 'stranger', inExport: 'newTimes' },
  { table: 'series', column: 'organizer_id', erasure: 'stranger', inExport: 'mailbox' },
  { table: 'calendar_writes', column: 'organizer_id', erasure: 'stranger', inExport: 'mailbox' },
  { table: 'cohorts', column: 'created_by', erasure: 'stranger', inExport: 'cohortsCreated' },
];
