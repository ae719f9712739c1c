import { chance, pickIndex } from '../hash.ts';
import type { CardAnswer, ChatActivity, SandboxPerson } from '../world.ts';
import type { BehaviorContext, Task } from './behavior-state.ts';
import { fillInputs } from './fill-inputs.ts';
import { readCard, type CardAction, type CardContent } from './read-card.ts';
import { nextWorkingInstant, wallTime } from './working-time.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Share of cards about a session that nobody answers; fewer of the questions on which the rest waits. */
const IGNORED = 0.1;
const IGNORED_ASKS = 0.04;
const LATE = 0.1;
const EDITED = 0.05;
const DOUBLE_CLICKED = 0.03;
/** Share of the answers that take the card's primary action. */
const TAKES_PRIMARY = 0.85;
/** After "something went wrong" a person tries this many times more. */
const MORE_TRIES = 3;
/** Questions in a row on one card before a person has had enough. */
const DEEPEST = 4;

type CardTask = Extract<Task, { kind: 'card' }>;
type EditTask = Extract<Task, { kind: 'edit' }>;

const dataOf = ({ action }: CardAction): Record<string, unknown> =>
  typeof action.data === 'object' && action.data !== null ? (action.data as Record<string, unknown>) : {};

const sessionIdOf = (action: CardAction): string | null => {
  const { sessionId } = dataOf(action);
  return typeof sessionId === 'string' ? sessionId : null;
};

/** A card that wants something, unlike a thank-you with one button to think again. */
const isQuestion = ({ actions }: CardContent): boolean =>
  actions.length > 1 || actions.some(({ inputs }) => inputs.some(({ isVisible }) => isVisible));

const cardOf = ({ type, value }: CardAnswer): Record<string, unknown> | null =>
  type === 'application/vnd.microsoft.card.adaptive' && typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : null;

const isThanked = ({ httpStatus, statusCode, type }: CardAnswer): boolean =>
  httpStatus === 200 &&
  (statusCode === null || statusCode === 200) &&
  (type === 'application/vnd.microsoft.card.adaptive' || type === 'application/vnd.microsoft.activity.message');

/** What Teams shows as "something went wrong": worth another try. */
const isFailure = ({ httpStatus, statusCode }: CardAnswer): boolean =>
  httpStatus < 200 || httpStatus >= 500 || httpStatus === 429 || (statusCode ?? 200) >= 500 || statusCode === 429;

const isPresent = (person: SandboxPerson | undefined): person is SandboxPerson =>
  person !== undefined && person.accountEnabled && person.deletedAt === null;

/** Called when the bot sent a card or replaced one: each question is met once and an answer decided on. */
export function onActivity(context: BehaviorContext, personId: string, activity: ChatActivity): void {
  if (activity.from !== 'bot' || !activity.card || context.acting.has(activity.id)) return;
  const content = readCard(activity.card);
  if (activity.replaced > 0 && !isQuestion(content)) return;
  meetQuestion(context, personId, activity.id, content, 0);
}

function meetQuestion(
  context: BehaviorContext,
  personId: string,
  activityId: string,
  { actions }: CardContent,
  depth: number,
): void {
  const { world, memory, rate } = context;
  const primary = actions[0];
  const person = world.people.get(personId);
  if (!primary || !isPresent(person) || depth > DEEPEST) return;
  const handled = `${activityId}|${primary.verb}`;
  if (memory.handled.has(handled)) return;
  memory.handled.add(handled);
  const verbKey = `${personId}|${primary.verb}`;
  const number = (memory.cards.get(verbKey) ?? 0) + 1;
  memory.cards.set(verbKey, number);

  const subject = `${primary.verb}#${number}`;
  const parts = [world.seed, 'card', personId, subject] as const;
  const ignored = sessionIdOf(primary) === null ? IGNORED_ASKS : IGNORED;
  if (chance(...parts, 'ignores') < ignored * rate) {
    context.count('cardIgnored');
    return;
  }
  const isLate = depth === 0 && chance(...parts, 'late') < LATE * rate;
  const draw = chance(...parts, 'wait');
  // A question right after an answer is answered at once; others within hours, late ones within days.
  const wait = depth > 0 ? MINUTE * (1 + 4 * draw) : isLate ? DAY * (2 + 3 * draw) : MINUTE * (2 + 600 * draw ** 2.5);
  const at = nextWorkingInstant(person, world.clock.now() + wait, Math.floor(120 * draw));
  context.schedule(Math.round(at), `card:${personId}:${activityId}:${subject}`, {
    kind: 'card',
    personId,
    activityId,
    subject,
    isLate,
    attempt: 0,
    depth,
  });
}

function chooseAction(actions: CardAction[], parts: readonly (string | number)[]): CardAction {
  if (actions.length === 1 || chance(...parts, 'primary') < TAKES_PRIMARY) return actions[0]!;
  return actions[1 + pickIndex(actions.length - 1, ...parts, 'other')]!;
}

function fill(
  person: SandboxPerson,
  action: CardAction,
  now: number,
  parts: readonly (string | number)[],
): Record<string, string> {
  const today = wallTime(now, person.mailbox.zone).slice(0, 10);
  return fillInputs(action.inputs, { language: person.preferredLanguage ?? person.mailbox.locale, today, parts });
}

/** Executes the action as the person; whatever goes wrong on the way is status 0. */
async function execute(
  { world, memory, acting }: BehaviorContext,
  { personId, activityId }: CardTask | EditTask,
  action: CardAction,
  inputs: Record<string, string>,
): Promise<CardAnswer> {
  acting.add(activityId);
  const answer = await world.chats
    .execute(personId, activityId, action.action, inputs)
    .catch((): CardAnswer => ({ httpStatus: 0, statusCode: null, type: null, value: null }))
    .finally(() => acting.delete(activityId));
  if (isThanked(answer)) {
    const data = { ...dataOf(action), ...inputs };
    memory.thanks.push({ personId, activityId, sessionId: sessionIdOf(action), at: world.clock.now(), data });
  }
  return answer;
}

/** Tries again minutes later while the bot fails; the same decisions, since they hang on the subject alone. */
function tryAgain(context: BehaviorContext, task: CardTask | EditTask): void {
  if (task.attempt >= MORE_TRIES) return;
  const attempt = task.attempt + 1;
  const key = `${task.kind}:${task.personId}:${task.activityId}:${task.subject}:${attempt}`;
  const wait = MINUTE * (2 + 8 * chance(context.world.seed, 'try again', task.personId, task.subject, attempt));
  context.schedule(Math.round(context.world.clock.now() + wait), key, { ...task, attempt });
}

/** The person answers the card as it stands in the chat now. Resolves when the bot has replied. */
export async function answerCard(context: BehaviorContext, task: CardTask): Promise<void> {
  const { world, rate } = context;
  const person = world.people.get(task.personId);
  const shown = world.chats.of(task.personId)?.activities.find(({ id }) => id === task.activityId)?.card;
  if (!isPresent(person) || !shown) return;
  const { actions } = readCard(shown);
  // Replaced by something else meanwhile: closed, or answered elsewhere.
  if (actions[0]?.verb !== task.subject.slice(0, task.subject.lastIndexOf('#'))) return;
  const parts = [world.seed, 'card', task.personId, task.subject] as const;
  const action = chooseAction(actions, parts);
  const inputs = fill(person, action, world.clock.now(), parts);
  const isDouble = task.attempt === 0 && chance(...parts, 'double') < DOUBLE_CLICKED * rate;

  const answers = await Promise.all(
    Array.from({ length: isDouble ? 2 : 1 }, () => execute(context, task, action, inputs)),
  );
  if (isDouble) context.count('cardDoubleClicked');
  const answer = answers.find(isThanked) ?? answers[0]!;
  if (isFailure(answer)) return tryAgain(context, task);
  if (task.isLate) context.count('cardLate');
  if (!isThanked(answer)) return;
  context.count('cardAnswered');

  const next = cardOf(answer);
  const content = next && readCard(next);
  if (content && isQuestion(content)) meetQuestion(context, task.personId, task.activityId, content, task.depth + 1);
  if (sessionIdOf(action) !== null && chance(...parts, 'edits') < EDITED * rate) {
    const wait = MINUTE * (3 + 40 * chance(...parts, 'edit wait'));
    const key = `edit:${task.personId}:${task.activityId}:${task.subject}`;
    const { personId, activityId, subject } = task;
    context.schedule(Math.round(world.clock.now() + wait), key, {
      kind: 'edit',
      personId,
      activityId,
      subject,
      attempt: 0,
      shown,
    });
  }
}

/**
 * The person thinks again: opens the form with the replaced card's action and answers it anew; where the replaced card
 * has none, on another device that still shows the first one.
 */
export async function editAnswer(context: BehaviorContext, task: EditTask): Promise<void> {
  const { world } = context;
  const person = world.people.get(task.personId);
  if (!isPresent(person)) return;
  const parts = [world.seed, 'edit', task.personId, task.subject] as const;
  const current = world.chats.of(task.personId)?.activities.find(({ id }) => id === task.activityId)?.card;
  let content = current ? readCard(current) : { actions: [] };
  const opener = content.actions[0];
  if (opener && !isQuestion(content)) {
    const opened = await execute(context, task, opener, {});
    if (isFailure(opened)) return tryAgain(context, task);
    const form = cardOf(opened);
    content = form ? readCard(form) : { actions: [] };
  }
  const action = isQuestion(content) ? content.actions[0] : readCard(task.shown).actions[0];
  if (!action) return;
  const answer = await execute(context, task, action, fill(person, action, world.clock.now(), parts));
  if (isFailure(answer)) return tryAgain(context, task);
  if (isThanked(answer)) context.count('cardEdited');
}
