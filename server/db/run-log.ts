import type { TenantId } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/instant.ts';
import { deriveId } from './derive-id.ts';
import { at, json, type TenantTransaction } from './schema.ts';

/** What the run log tells the administrator; each has a sentence in the locales (`runLog.<kind>`). Never who declined or why. */
export const RUN_LOG_KINDS = [
  'organizationRead',
  'cohortCreated',
  'invited',
  'joined',
  'matched',
  'mentorsAsked',
  'waitsForTraining',
  'slotsOffered',
  'noSlotFound',
  'proposalAnswered',
  'seriesBooked',
  'bookedWithoutLink',
  'slotTaken',
  'sessionChanged',
  'pairPaused',
  'pairEnded',
  'waitingForAdministrator',
  'feedbackAsked',
  'feedbackReceived',
  'calendarUnreachable',
  'calendarNotReadable',
  'signInRefused',
  'pollingOnly',
  'copyFound',
  'seriesLost',
  'noFirstSession',
  'longPause',
  'lostSession',
  'clockChanged',
  'copiesLeft',
  'appRemoved',
] as const;
export type RunLogKind = (typeof RUN_LOG_KINDS)[number];

export interface RunLogEntry {
  at: Instant;
  kind: RunLogKind;
  cohortId?: string | null;
  /** What it is about: a pair, series, session or cohort. */
  subjectId?: string | null;
  /** Numbers and names for the sentence; nothing personal beyond what the administrator may see. */
  detail?: Record<string, string | number>;
}

/** The id of an entry: the same one for the same entry at the same instant. */
export const entryIdOf = ({ at, kind, subjectId, detail }: RunLogEntry): string =>
  deriveId('run-log', kind, at, subjectId ?? '', json(detail ?? {}));

/** Adds an entry; the same entry at the same instant is kept once. */
export async function addToRunLog(tx: TenantTransaction, tenantId: TenantId, entry: RunLogEntry): Promise<void> {
  await tx
    .insertInto('runLog')
    .values({
      tenantId,
      entryId: entryIdOf(entry),
      at: at(entry.at),
      cohortId: entry.cohortId ?? null,
      kind: entry.kind,
      subjectId: entry.subjectId ?? null,
      detail: json(entry.detail ?? {}),
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}
