import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { LOCALES, type Locale } from '../contract/vocabulary.ts';
import { chooseLocale } from '../domain/people/choose-locale.ts';
import type { TenantId } from '../domain/people/person.ts';
import { AppError } from '../errors.ts';
import type { Calendar, Clock, Directory, Jobs, Matcher } from '../ports.ts';
import type { OverviewTexts } from '../use-cases/evaluation/build-overview.ts';
import type { PageTexts } from '../use-cases/evaluation/build-home.ts';
import type { ReviewTexts } from '../use-cases/matching/review-matching.ts';
import { isSuspended, loadCaller, mayAdminister, type Identity } from '../use-cases/people/load-caller.ts';
import type { LearningTexts } from '../use-cases/learning/learning-texts.ts';
import type { AgreementTexts } from '../use-cases/matching/read-agreement.ts';
import type { GuideTexts } from '../use-cases/sessions/read-session.ts';
import { askTogether } from './ask-together.ts';
import { limitCallers } from './limit-callers.ts';

export type TypedApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What routes need of the world. */
export interface RouteWorld {
  db: Parameters<typeof loadCaller>[0]['db'];
  calendar: Calendar;
  directory: Directory;
  clock: Clock;
  jobs: Jobs;
  matcher: Matcher;
  texts: PageTexts & GuideTexts & LearningTexts & AgreementTexts & OverviewTexts & ReviewTexts;
  authenticate(authorization: string | undefined): Promise<Identity>;
  /** Several tenants are served: none may take all of the server. */
  hasNeighbors: boolean;
}

export interface RouteDeps extends RouteWorld {
  /** The signed-in caller. Throws `signedOut`, `forbidden`, or `busy` for who asks too much. */
  callerOf(request: FastifyRequest): Promise<Identity>;
  /** The caller, who must be an administrator. Throws as `callerOf` does. */
  administratorOf(request: FastifyRequest): Promise<Identity>;
  /** Whether the request has been found to come from somebody who is signed in. */
  isSignedIn(request: FastifyRequest): boolean;
}

/** Adds the two questions that every route begins with. Each is asked once per request. */
export function withCallers(world: RouteWorld): RouteDeps {
  const isShutOut = askTogether((tenantId: TenantId) => isSuspended(world.db, tenantId));
  const limit = limitCallers(world.clock, world);
  const signedIn = new WeakSet<FastifyRequest>();
  const callerOf = oncePerRequest(async (request) => {
    const caller = await world.authenticate(authorizationOf(request));
    // Before anything is read: who asks too much costs no query.
    limit(caller);
    if (await isShutOut(caller.tenantId)) throw new AppError('forbidden');
    signedIn.add(request);
    return caller;
  });
  const administratorOf = oncePerRequest(async (request) => {
    const caller = await callerOf(request);
    if (!(await mayAdminister(world.db, caller))) throw new AppError('forbidden');
    return caller;
  });
  return { ...world, callerOf, administratorOf, isSignedIn: (request) => signedIn.has(request) };
}

function oncePerRequest(
  ask: (request: FastifyRequest) => Promise<Identity>,
): (request: FastifyRequest) => Promise<Identity> {
  const answers = new WeakMap<FastifyRequest, Promise<Identity>>();
  return (request) => {
    const answer = answers.get(request) ?? ask(request);
    answers.set(request, answer);
    return answer;
  };
}

/** The one Authorization header; none when there are several, of which Node would silently take the first. */
export function authorizationOf(request: FastifyRequest): string | undefined {
  const names = request.raw.rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization',
  );
  return names.length === 1 ? request.headers.authorization : undefined;
}

/** The reader's language: what the page asks for, else what the program knows of the person, else the browser's. */
export async function localeOf(deps: RouteDeps, request: FastifyRequest, caller: Identity): Promise<Locale> {
  const asked = request.headers['x-locale'];
  if (typeof asked === 'string' && (LOCALES as readonly string[]).includes(asked)) return asked as Locale;
  const known = (await loadCaller(deps, caller)).locale;
  return known ?? chooseLocale(request.headers['accept-language']?.split(',')[0]);
}
