import { describe, expect, it } from 'vitest';
import type { Role } from '../../../server/contract/vocabulary.ts';
import { can, type Caller, type PersonalAct, type ProgramAct } from '../../../server/domain/access.ts';
import type { PersonId, TenantId } from '../../../server/domain/people/person.ts';

const caller = (personId: string, roles: Role[] = [], tenantId = 'home'): Caller => ({
  tenantId: tenantId as TenantId,
  personId: personId as PersonId,
  roles,
});
const pair = {
  tenantId: 'home' as TenantId,
  people: [
    { personId: 'mia' as PersonId, side: 'mentor' as const },
    { personId: 'max' as PersonId, side: 'mentee' as const },
    { personId: 'ann' as PersonId, side: 'assistant' as const },
    { personId: 'sam' as PersonId, side: 'safeContact' as const },
  ],
};
const PERSONAL: PersonalAct[] = [
  'seePair',
  'seeSession',
  'giveFeedback',
  'writeNotes',
  'moveSession',
  'stateGoals',
  'answerInvitation',
  'answerMentorQuestion',
  'answerProposal',
  'wishAnotherMentor',
  'askAssistant',
  'nameAssistant',
  'askContact',
  'wishAnotherMatch',
  'leavePair',
  'seeContactRequests',
];
const PROGRAM: ProgramAct[] = [
  'seeOverview',
  'findGroups',
  'createCohort',
  'inviteParticipants',
  'proposeMatches',
  'publishMatches',
  'nameSafeContact',
];
const allowed = (who: Caller): string[] => [
  ...PERSONAL.filter((act) => can(who, act, pair)),
  ...PROGRAM.filter((act) => can(who, act, { tenantId: pair.tenantId })),
];

describe('can', () => {
  it('refuses strangers, other tenants and administrators what is personal', () => {
    expect(allowed(caller('eve', ['mentor', 'mentee']))).toEqual([]);
    expect(allowed(caller('mia', ['administrator', 'mentor'], 'elsewhere'))).toEqual([]);
    expect(allowed(caller('eve', ['administrator']))).toEqual(PROGRAM);
  });
  it('lets an assistant answer for times, and see or do nothing else', () => {
    expect(allowed(caller('ann', ['assistant', 'mentor']))).toEqual(['moveSession', 'answerProposal']);
    expect(allowed(caller('ann', ['assistant'], 'elsewhere'))).toEqual([]);
  });
  it('shows a safe contact who asked for them, and nothing else', () => {
    expect(allowed(caller('sam', ['safeContact']))).toEqual(['seeContactRequests']);
    expect(allowed(caller('sam', ['safeContact'], 'elsewhere'))).toEqual([]);
  });
  it('lets each side answer its own questions', () => {
    expect(allowed(caller('mia', ['mentor']))).toEqual([
      'seePair',
      'seeSession',
      'giveFeedback',
      'writeNotes',
      'moveSession',
      'answerInvitation',
      'answerMentorQuestion',
      'askContact',
      'wishAnotherMatch',
      'leavePair',
    ]);
    expect(allowed(caller('max', ['mentee']))).toEqual([
      'seePair',
      'seeSession',
      'giveFeedback',
      'writeNotes',
      'moveSession',
      'stateGoals',
      'answerInvitation',
      'answerProposal',
      'wishAnotherMentor',
      'askAssistant',
      'nameAssistant',
      'askContact',
      'wishAnotherMatch',
      'leavePair',
    ]);
  });
  it('goes by the side in this pair, not by a role elsewhere', () => {
    expect(can(caller('max', ['mentor', 'mentee']), 'answerMentorQuestion', pair)).toBe(false);
  });
});
