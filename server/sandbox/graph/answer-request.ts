import type { GraphCaller } from '../entra/tokens.ts';
import type { SandboxReply, SandboxRequest } from '../http.ts';
import { DEADLINE_MILLISECONDS } from '../kernel/create-faults.ts';
import { faultReply } from '../kernel/fault-replies.ts';
import type { Faults } from '../kernel/faults.ts';
import type { World } from '../world.ts';
import type { CallCounter } from './call-counts.ts';
import { calendarNeed, mayUseMailbox, type MailboxNeed } from './exchange-rights.ts';
import type { ExchangePart } from './exchange/exchange.ts';
import { findPerson } from './find-person.ts';
import type { RouteFinder } from './find-route.ts';
import { finishReply, refusalReply } from './finish-reply.ts';
import { graphPath } from './graph-path.ts';
import { mailboxOfPath } from './mailbox-path.ts';
import type { MailboxThrottle } from './mailbox-throttle.ts';
import { badRequest, GraphRefusal, mailboxDenied, requestDenied } from './refusal.ts';
import { mayCallRoute, resourceUnits } from './route-rights.ts';

/** What answering a request takes. */
export interface AnswerParts {
  exchange: ExchangePart;
  faults: Faults;
  findRoute: RouteFinder;
  throttle: MailboxThrottle;
  counter: CallCounter;
}

type Answer = (request: SandboxRequest, caller: GraphCaller) => Promise<SandboxReply>;

/** Answers requests of callers whose token was accepted, finished with the headers of every answer. */
export interface Answerer {
  /** A request from the network. */
  answer: Answer;
  /** A request inside a batch: the network's faults meet each of them on its own. */
  answerInner: Answer;
}

/** Counting, places, rights and refusals around the routes and the calendar. */
export function createAnswerer(world: World, parts: AnswerParts): Answerer {
  const answer: Answer = async (request, caller) => {
    let reply: SandboxReply;
    try {
      const path = graphPath(request.path, caller);
      parts.counter.request(request.method, path);
      reply = await answerInPlace(world, parts, { ...request, path }, caller);
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      reply = refusalReply(error);
    }
    return finishReply(request, reply, world.clock.now());
  };
  const fail = (request: SandboxRequest, status: number, retryAfterSeconds: number | null): SandboxReply =>
    finishReply(request, faultReply('graph', status, retryAfterSeconds), world.clock.now());

  const answerInner: Answer = async (request, caller) => {
    const fault = parts.faults.decide(request, 'graph', { kinds: ['status', 'delay', 'reply'] });
    if (fault?.kind === 'status') {
      if (fault.when === 'after') await answer(request, caller);
      return fail(request, fault.status, fault.retryAfterSeconds);
    }
    if (fault?.kind === 'reply') {
      const real = fault.when === 'after' ? await answer(request, caller) : null;
      return finishReply(request, fault.reply(real), world.clock.now());
    }
    const reply = await answer(request, caller);
    if (fault?.kind !== 'delay') return reply;
    world.clock.elapse(Math.min(fault.milliseconds, DEADLINE_MILLISECONDS));
    // The batch itself answers in time: what takes longer is given up by the gateway.
    return fault.milliseconds > DEADLINE_MILLISECONDS ? fail(request, 504, null) : reply;
  };
  return { answer, answerInner };
}

/** Works in one of the mailbox's places where the path is that of a mailbox. */
function answerInPlace(
  world: World,
  parts: AnswerParts,
  request: SandboxRequest,
  caller: GraphCaller,
): Promise<SandboxReply> {
  const need = calendarNeed(request.method, request.path);
  const work = (): Promise<SandboxReply> =>
    need ? callCalendar(world, parts, request, caller, need) : callRoute(world, parts, request, caller);
  const named = mailboxOfPath(request.path);
  if (named === undefined) return work();
  // Id and name of a person lead to the same mailbox.
  return parts.throttle.run(caller.clientId, findPerson(world, named)?.id ?? named, work);
}

async function callRoute(
  world: World,
  parts: AnswerParts,
  request: SandboxRequest,
  caller: GraphCaller,
): Promise<SandboxReply> {
  const { route, ids } = parts.findRoute(request.method, request.path);
  if (!mayCallRoute(route, caller, ids)) throw requestDenied();
  const reply = await route.operation({ world, request, caller, ids });
  if (route.units === undefined) return reply;
  const units = String(resourceUnits(route.units, request.query));
  return { ...reply, headers: { 'x-ms-resource-unit': units, ...reply.headers } };
}

async function callCalendar(
  world: World,
  parts: AnswerParts,
  request: SandboxRequest,
  caller: GraphCaller,
  need: MailboxNeed,
): Promise<SandboxReply> {
  const named = mailboxOfPath(request.path)!;
  const person = findPerson(world, named);
  if (!person) throw new GraphRefusal(404, 'ErrorInvalidUser', `The requested user '${named}' is invalid.`);
  if (!mayUseMailbox(world, caller, person.id, need)) throw mailboxDenied();
  const reply = await parts.exchange.handle(request, caller);
  if (!reply) throw badRequest(`Resource not found for the segment '${request.path.split('/').at(-1)}'.`);
  return reply;
}
