import type { Sandbox } from '../sandbox/sandbox.ts';
import type { CalendarItem, CalendarWrite, SandboxMail, SandboxPerson } from '../sandbox/world.ts';
import type { SeriesRow } from '../db/sessions.ts';
import { FEEDBACK, type Seen } from './seen.ts';

/** A master or single event in some mailbox that carries our tag. */
export interface TaggedEvent {
  ownerId: string;
  eventId: string;
  tag: string;
  isCancelled: boolean;
  /** Somebody made it by copying one of ours. */
  isCopy: boolean;
}

/** What mailboxes and chats hold at the end of a run: the truth that the database is held against. */
export interface Truth {
  now: number;
  programMailboxId: string;
  tagged: TaggedEvent[];
  writes: readonly CalendarWrite[];
  /** Dates of the program mailbox's own calendar over the whole run. */
  organizerItems: CalendarItem[];
  /** Answers to the question after a session for which the bot thanked. */
  thanks: { personId: string; sessionId: string | null; at: number; data: Record<string, unknown> }[];
  /** What the product sent and people answered, as it arrived. */
  seen: Seen;
  /** Everybody who was ever in the directory; an id of our records that is not there took the place of an erased person's. */
  people: ReadonlySet<string>;
  /** Whose chat the bot cannot write to. */
  closedChats: ReadonlySet<string>;
  /** Zone and hours of the participants, as their mailboxes say now. */
  mailboxes: ReadonlyMap<string, Pick<SandboxPerson['mailbox'], 'zone' | 'workingHours'>>;
  /** What blocks in somebody's calendar, as it stands now. */
  busyOf(personId: string, from: number, to: number): { start: number; end: number }[];
  mailsTo: Map<string, SandboxMail[]>;
}

/** The name of our extended property, as it stands in Graph's property id. */
const PROPERTY = 'InversoSeries';

/** Reads the truth in the sandbox's mailboxes and chats. */
export function readTruth(
  sandbox: Sandbox,
  options: { programMailboxId: string; from: number; to: number; people: readonly string[]; seen: Seen },
): Truth {
  const { exchange, chats, clock } = sandbox.world;
  const everybody = options.people.flatMap((id) => sandbox.world.people.get(id) ?? []);
  const madeByPeople = new Set(
    exchange
      .writes()
      .flatMap(({ by, kind, iCalUId }) => (by.startsWith('person:') && kind === 'create' ? iCalUId : [])),
  );
  return {
    now: clock.now(),
    programMailboxId: options.programMailboxId,
    tagged: exchange.tagged(PROPERTY).map(({ ownerId, eventId, iCalUId, tag, isCancelled }) => ({
      ownerId,
      eventId,
      tag,
      isCancelled,
      isCopy: madeByPeople.has(iCalUId),
    })),
    writes: exchange.writes(),
    organizerItems: exchange.view(options.programMailboxId, options.from, options.to),
    thanks: (sandbox.behavior?.thanks() ?? [])
      .filter(({ data }) => data['verb'] === FEEDBACK)
      .map(({ personId, sessionId, at, data }) => ({ personId, sessionId, at, data })),
    seen: options.seen,
    people: new Set(sandbox.world.people.keys()),
    closedChats: new Set(options.people.filter((id) => chats.of(id)?.isClosed)),
    mailboxes: new Map(everybody.map(({ id, mailbox }) => [id, mailbox])),
    busyOf: (personId, from, to) =>
      exchange.view(personId, from, to).filter(({ showAs }) => showAs !== 'free' && showAs !== 'workingElsewhere'),
    mailsTo: new Map(options.people.map((id) => [id, exchange.mailsOf(id)])),
  };
}

/** The series that a tag names, or undefined. */
export const seriesOfTag = (series: readonly SeriesRow[], tag: string): SeriesRow | undefined =>
  series.find((candidate) => candidate.key === tag);
