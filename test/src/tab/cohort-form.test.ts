import { describe, expect, it } from 'vitest';
import { checkCohort, EMPTY_COHORT, toCohortBody } from '../../../src/tab/program/cohort-form.ts';
import { id } from '../make/views.ts';

const draft = {
  ...EMPTY_COHORT,
  programName: ' A ',
  cohortName: 'B',
  menteeGroup: { groupId: id(1), displayName: 'E' },
  mentorGroup: { groupId: id(2), displayName: 'J' },
  safeContact: ' sara.safe@contoso.example ',
};

describe('checkCohort', () => {
  it('accepts the defaults once names and groups are there', () => {
    expect(checkCohort(draft)).toEqual({});
    expect(toCohortBody({ ...draft, startsOn: '2026-10-12' })).toMatchObject({
      programName: 'A',
      safeContact: 'sara.safe@contoso.example',
      startsOn: '2026-10-12',
    });
  });

  it('names what is wrong', () => {
    expect(checkCohort({ ...draft, mentorGroup: draft.menteeGroup })).toEqual({ mentorGroup: 'sameGroup' });
    expect(checkCohort({ ...draft, programName: 'x'.repeat(81) })).toEqual({ programName: 'name' });
    for (const safeContact of ['', 'Sara Safe'])
      expect(checkCohort({ ...draft, safeContact })).toEqual({ safeContact: 'address' });
    expect(checkCohort({ ...draft, sessions: '27', minutes: '14', everyWeeks: '1.5' })).toEqual({
      sessions: 'number',
      minutes: 'number',
      everyWeeks: 'number',
    });
    expect(toCohortBody({ ...draft, minutes: '' })).toBeNull();
  });

  it('looks at the rhythm that was chosen alone, and sends that one', () => {
    expect(toCohortBody({ ...draft, everyMonths: '' })).toMatchObject({ everyWeeks: 4 });
    const monthly = { ...draft, rhythm: 'months' as const, everyWeeks: '' };
    expect(toCohortBody(monthly)).toMatchObject({ everyMonths: 1 });
    expect(toCohortBody(monthly)).not.toHaveProperty('everyWeeks');
    expect(checkCohort({ ...monthly, everyMonths: '4' })).toEqual({ everyMonths: 'number' });
  });
});
