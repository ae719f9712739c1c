import type { World } from '../world.ts';
import type { CompanyRoles } from './company-roles.ts';
import type { SessionRates } from './plan-by-quota.ts';

/** Everything that people do, as the simulation counts it. */
export const BEHAVIOR_KINDS = [
  'cardAnswered',
  'cardIgnored',
  'cardLate',
  'cardEdited',
  'cardDoubleClicked',
  'invitationAccepted',
  'invitationTentative',
  'invitationIgnored',
  'seriesDeclined',
  'occurrenceDeclined',
  'newTimeProposed',
  'occurrenceDeleted',
  'occurrenceMoved',
  'occurrenceCancelled',
  'outOfOfficeAdded',
  'busyAdded',
  'personLeft',
  'managerChanged',
  'timeZoneChanged',
] as const;
export type BehaviorKind = (typeof BEHAVIOR_KINDS)[number];

/** What may happen to one session between its booking and its start. */
export type SessionAct = Extract<
  BehaviorKind,
  | 'occurrenceDeclined'
  | 'newTimeProposed'
  | 'occurrenceDeleted'
  | 'occurrenceMoved'
  | 'occurrenceCancelled'
  | 'outOfOfficeAdded'
  | 'busyAdded'
>;

/** One session as people speak of it: the same in every mailbox. */
export interface SessionRef {
  menteeId: string;
  mentorId: string;
  iCalUId: string;
  originalStart: number;
}

/** Something that somebody will do at an instant; plain data, so that it survives a restart. */
export type Task =
  | { kind: 'readInvitations'; personId: string; attempt: number }
  | {
      kind: 'answerInvitation';
      personId: string;
      /** Any occurrence of the series; with `wholeSeries: false` the one meant. */
      session: SessionRef;
      wholeSeries: boolean;
      answer: 'accepted' | 'tentativelyAccepted' | 'declined';
    }
  | { kind: 'session'; act: SessionAct; actorId: string; session: SessionRef }
  | {
      kind: 'card';
      personId: string;
      activityId: string;
      /** Verb and number of the card among this person's cards of that verb: what decisions hang on. */
      subject: string;
      isLate: boolean;
      attempt: number;
      /** Questions answered before on the same card. */
      depth: number;
    }
  | {
      kind: 'edit';
      personId: string;
      activityId: string;
      subject: string;
      attempt: number;
      /** What the person still sees on another device, for a replaced card that offers no action. */
      shown: Record<string, unknown>;
    }
  | { kind: 'leave' | 'remove' | 'changeManager' | 'changeZone'; personId: string };

/** An answer for which the bot thanked; the audit holds the database against these. */
export interface Thanks {
  personId: string;
  activityId: string;
  sessionId: string | null;
  at: number;
  /** The action's data with the inputs merged over it. */
  data: Record<string, unknown>;
}

/** Something that could not be done: an item that is gone, a chat that is closed. */
export interface Problem {
  at: number;
  key: string;
  message: string;
}

/** All that behavior remembers. */
export interface Memory {
  counts: Map<BehaviorKind, number>;
  thanks: Thanks[];
  problems: Problem[];
  /** iCalUId of an occurrence -> number of the series. */
  seriesOf: Map<string, number>;
  /** Mentee -> how many series were booked for that person so far. */
  generations: Map<string, number>;
  /** Series in the order in which they were met. */
  series: { menteeId: string; mentorId: string; generation: number }[];
  /** `person|series` and `person|occurrence|start` that were answered or left. */
  met: Set<string>;
  /** `person|verb` -> cards of that verb that the person got. */
  cards: Map<string, number>;
  /** `activity|verb` that were dealt with. */
  handled: Set<string>;
}

/** What the parts of behavior share. */
export interface BehaviorContext {
  world: World;
  roles: CompanyRoles;
  /** Multiplies how often anything unusual happens. */
  rate: number;
  rates: SessionRates;
  memory: Memory;
  /** Lets a task be done at an instant, once for each key. */
  schedule(at: number, key: string, task: Task): void;
  count(kind: BehaviorKind): void;
  /** Activities on which somebody is acting right now; what replaces them meanwhile is the reply to that act. */
  acting: Set<string>;
  /** Place of an executive among all, in an order that hangs on ids alone; for others where they would stand. */
  rankOf(personId: string): number;
  /** Person of a mail address, or undefined. */
  personOf(address: string): string | undefined;
}
