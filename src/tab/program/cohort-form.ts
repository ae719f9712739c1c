import type { CohortBody } from '../../../server/contract/administrator.ts';
import type { GroupView } from '../../api/find-groups.ts';

/** The form that opens a cohort, as it stands on the page; numbers as typed. */
export interface CohortDraft {
  programName: string;
  cohortName: string;
  menteeGroup: GroupView | null;
  mentorGroup: GroupView | null;
  /** Work address. */
  safeContact: string;
  startsOn: string;
  sessions: string;
  minutes: string;
  /** Which of the two numbers counts. */
  rhythm: 'weeks' | 'months';
  everyWeeks: string;
  everyMonths: string;
  automatic: boolean;
  movesAllowed: boolean;
}

/** product.md's defaults. */
export const EMPTY_COHORT: CohortDraft = {
  programName: '',
  cohortName: '',
  menteeGroup: null,
  mentorGroup: null,
  safeContact: '',
  startsOn: '',
  sessions: '6',
  minutes: '30',
  rhythm: 'weeks',
  everyWeeks: '4',
  everyMonths: '1',
  automatic: false,
  movesAllowed: false,
};

/** Limits of the contract, both ends included. */
export const NUMBER_LIMITS = {
  sessions: [1, 26],
  minutes: [15, 60],
  everyWeeks: [1, 8],
  everyMonths: [1, 3],
} as const satisfies Record<string, readonly [number, number]>;
export type NumberField = keyof typeof NUMBER_LIMITS;

/** The number that says how often. */
export const rhythmField = ({ rhythm }: CohortDraft): 'everyWeeks' | 'everyMonths' =>
  rhythm === 'weeks' ? 'everyWeeks' : 'everyMonths';

export type CohortFault = 'name' | 'group' | 'sameGroup' | 'address' | 'number';
export type CohortFaults = Partial<Record<keyof CohortDraft, CohortFault>>;

/** What has to be put right before the form can be sent; empty when nothing has. */
export function checkCohort(draft: CohortDraft): CohortFaults {
  const faults: CohortFaults = {};
  for (const field of ['programName', 'cohortName'] as const) {
    const name = draft[field].trim();
    if (name.length < 1 || name.length > 80) faults[field] = 'name';
  }
  if (!draft.menteeGroup) faults.menteeGroup = 'group';
  if (!draft.mentorGroup) faults.mentorGroup = 'group';
  else if (draft.mentorGroup.groupId === draft.menteeGroup?.groupId) faults.mentorGroup = 'sameGroup';
  if (!/^[^\s@]+@[^\s@]+$/.test(draft.safeContact.trim())) faults.safeContact = 'address';
  for (const field of ['sessions', 'minutes', rhythmField(draft)] as const) {
    const [least, most] = NUMBER_LIMITS[field];
    const value = Number(draft[field]);
    if (!/^\d+$/.test(draft[field].trim()) || value < least || value > most) faults[field] = 'number';
  }
  return faults;
}

/** What is sent; null while there are faults. */
export function toCohortBody(draft: CohortDraft): CohortBody | null {
  if (Object.keys(checkCohort(draft)).length > 0 || !draft.menteeGroup || !draft.mentorGroup) return null;
  return {
    programName: draft.programName.trim(),
    cohortName: draft.cohortName.trim(),
    menteeGroupId: draft.menteeGroup.groupId,
    mentorGroupId: draft.mentorGroup.groupId,
    safeContact: draft.safeContact.trim(),
    ...(draft.startsOn !== '' && { startsOn: draft.startsOn }),
    sessions: Number(draft.sessions),
    minutes: Number(draft.minutes),
    [rhythmField(draft)]: Number(draft[rhythmField(draft)]),
    automatic: draft.automatic,
    movesAllowed: draft.movesAllowed,
  };
}
