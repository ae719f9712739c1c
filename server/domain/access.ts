import type { Role, Side } from '../contract/vocabulary.ts';
import type { PersonId, TenantId } from './people/person.ts';

/** Who asks: from a verified token alone, never from something in a body. */
export interface Caller {
  tenantId: TenantId;
  personId: PersonId;
  roles: readonly Role[];
}

/** The part a person has in something: a side of the pair, the assistant of its mentee, or the cohort's safe contact. */
export type Part = Side | 'assistant' | 'safeContact';

/**
 * What something belongs to. `people`: those it is about, each with the part they have in it. Assistants are those who
 * may answer right now: of a proposal only once the executive has asked them, of sessions as long as they are named.
 */
export interface Subject {
  tenantId: TenantId;
  people: readonly { personId: PersonId; side: Part }[];
}

/** Which part one must have for each personal act. An assistant answers for times, never anything else. */
const PERSONAL = {
  seePair: ['mentor', 'mentee'],
  seeSession: ['mentor', 'mentee'],
  giveFeedback: ['mentor', 'mentee'],
  writeNotes: ['mentor', 'mentee'],
  // Assistants answer for times.
  moveSession: ['mentor', 'mentee', 'assistant'],
  stateGoals: ['mentee'],
  answerInvitation: ['mentor', 'mentee'],
  answerMentorQuestion: ['mentor'],
  answerProposal: ['mentee', 'assistant'],
  // Another mentor, and whom to ask, are the executive's own wishes.
  wishAnotherMentor: ['mentee'],
  askAssistant: ['mentee'],
  nameAssistant: ['mentee'],
  // Each for oneself alone: nobody asks, wishes or leaves for another.
  askContact: ['mentor', 'mentee'],
  wishAnotherMatch: ['mentor', 'mentee'],
  leavePair: ['mentor', 'mentee'],
  // Names of those who asked, and nothing else of anybody.
  seeContactRequests: ['safeContact'],
} as const satisfies Record<string, readonly Part[]>;

/** Acts on something of one or two people. */
export type PersonalAct = keyof typeof PERSONAL;
/** Acts on the program as a whole. */
export type ProgramAct =
  | 'seeOverview'
  | 'findGroups'
  | 'createCohort'
  | 'inviteParticipants'
  | 'proposeMatches'
  | 'publishMatches'
  | 'nameSafeContact';
export type Act = PersonalAct | ProgramAct;

/**
 * May the caller do this? Everything outside the caller's tenant is refused. Personal things belong to the people in
 * them: an administrator may not answer, read or see sessions for others (product.md, Who sees what).
 */
export function can(caller: Caller, act: PersonalAct, subject: Subject): boolean;
export function can(caller: Caller, act: ProgramAct, subject: { tenantId: TenantId }): boolean;
export function can(caller: Caller, act: Act, subject: { tenantId: TenantId; people?: Subject['people'] }): boolean {
  if (caller.tenantId !== subject.tenantId) return false;
  if (!isPersonal(act)) return caller.roles.includes('administrator');
  const sides: readonly Part[] = PERSONAL[act];
  return (subject.people ?? []).some(({ personId, side }) => personId === caller.personId && sides.includes(side));
}

const isPersonal = (act: Act): act is PersonalAct => Object.hasOwn(PERSONAL, act);
