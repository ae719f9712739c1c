import type { FaultDecision } from '../sandbox/kernel/faults.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { ChatActivity, WorkingHours } from '../sandbox/world.ts';
import { readQuestion, type Question } from './read-question.ts';

/** One request of the bot as it arrived at the connector, whatever became of it. */
export interface BotRequest {
  at: number;
  /** The chat; for a chat that is to be opened, the person. */
  thread: string;
  fault: FaultDecision | null;
  /** What a new card asks; null for all others. */
  question: Question | null;
}

/** A card that appeared in a chat for the first time. */
export interface ShownCard {
  at: number;
  activityId: string;
  personId: string;
  thread: string;
  question: Question;
  /** The reader's mailbox at that moment; UTC and no hours where there is none. */
  zone: string;
  workingHours: WorkingHours | null;
  /** Nothing that blocks stands in the reader's calendar for the next ten minutes. */
  isInGap: boolean;
}

/** An answer to the question after a session that somebody gave, whether the bot took it or not. */
export interface TriedAnswer {
  at: number;
  personId: string;
  sessionId: string;
  data: Record<string, unknown>;
}

/** What was seen at the edges of the sandbox during a run, in order. */
export interface Seen {
  requests: BotRequest[];
  cards: ShownCard[];
  answers: TriedAnswer[];
  /** Calls to Graph and for tokens that went wrong. `about`: the path and body. */
  failures: { at: number; about: string }[];
  /** Who cannot take part any more, and the last look at which they still could. */
  leftAfter: Map<string, number>;
}

/** So long somebody has to be free to be asked (product.md F1). */
const GAP = 10 * 60_000;
const CARD_PATH = /^\/connector\/v3\/conversations\/([^/]+)\/activities/;

/**
 * Writes down what the product sends to people and what people answer, where it arrives: the sandbox's own edges, so that
 * nothing of it hangs on what the product believes. Begins now; `look` has to be called now and then, for who has left.
 */
export function watchSandbox(sandbox: Sandbox): { seen: Seen; look: () => void } {
  const { world } = sandbox;
  const seen: Seen = { requests: [], cards: [], answers: [], failures: [], leftAfter: new Map() };
  sandbox.faults.watch(({ method, path, body }, part, fault) => {
    const at = world.clock.now();
    if (part === 'connector') {
      if (method !== 'GET') seen.requests.push({ at, fault, ...readRequest(method, path, body) });
    } else if (part === 'invoke') {
      const answer = readAnswer(body);
      if (answer) seen.answers.push({ at, ...answer });
    } else if (fault && part !== 'notification') seen.failures.push({ at, about: `${path} ${body}` });
  });
  world.hooks.activityDelivered.push((personId, activity) => {
    if (activity.from === 'bot' && activity.card && activity.replaced === 0)
      seen.cards.push(readShown(sandbox, personId, activity, activity.card));
  });
  let lookedAt = world.clock.now();
  return {
    seen,
    look() {
      for (const { id, accountEnabled, deletedAt } of world.people.values())
        if ((!accountEnabled || deletedAt !== null) && !seen.leftAfter.has(id)) seen.leftAfter.set(id, lookedAt);
      lookedAt = world.clock.now();
    },
  };
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function parse(body: string): Json {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function readRequest(method: string, path: string, body: string): Pick<BotRequest, 'thread' | 'question'> {
  const chat = CARD_PATH.exec(path)?.[1];
  if (chat !== undefined) {
    const thread = decodeURIComponent(chat);
    if (method !== 'POST') return { thread, question: null };
    const [attachment] = (parse(body)['attachments'] ?? []) as Json[];
    return { thread, question: isObject(attachment?.['content']) ? readQuestion(attachment['content']) : null };
  }
  const [member] = (parse(body)['members'] ?? []) as Json[];
  return { thread: `new ${String(member?.['id'])}`, question: null };
}

const NO_MAILBOX = { zone: 'UTC', workingHours: null };

function readShown(
  sandbox: Sandbox,
  personId: string,
  { id, at, conversationId }: ChatActivity,
  card: Json,
): ShownCard {
  const { exchange, people } = sandbox.world;
  const { mailbox } = people.get(personId)!;
  const question = readQuestion(card);
  // Only these are asked in gaps: calendars are not read for all others.
  const isInGap =
    question.verb !== FEEDBACK ||
    !exchange.view(personId, at, at + GAP).some(({ showAs }) => showAs !== 'free' && showAs !== 'workingElsewhere');
  // Where there is no mailbox nobody can know the reader's hours: people are reminded by UTC there.
  const { zone, workingHours } = mailbox.enabled ? mailbox : NO_MAILBOX;
  return { at, activityId: id, personId, thread: conversationId, question, zone, workingHours, isInGap };
}

/** The verb of an answer to the question after a session. */
export const FEEDBACK = 'feedback.submit';

function readAnswer(body: string): Omit<TriedAnswer, 'at'> | null {
  if (!body.includes(FEEDBACK)) return null;
  const { from, value } = parse(body);
  const data = isObject(value) && isObject(value['action']) ? value['action']['data'] : value;
  const personId = isObject(from) ? from['aadObjectId'] : undefined;
  if (!isObject(data) || typeof personId !== 'string' || typeof data['sessionId'] !== 'string') return null;
  return { personId, sessionId: data['sessionId'], data };
}
