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
import type { UnmatchedTexts } from '../use-cases/matching/describe-matches.ts';
import { isSuspended, loadCaller, mayAdminister, type Identity } from '../use-cases/people/load-caller.ts';
import type { GuideTexts } from '../use-cases/sessions/read-session.ts';
import { askTogether } from './ask-together.ts';

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
  texts: PageTexts & GuideTexts & OverviewTexts & UnmatchedTexts;
  authenticate(authorization: string | undefined): Promise<Identity>;
}

export interface RouteDeps extends RouteWorld {
  /** The signed-in caller. Throws `signedOut` or `forbidden`. */
  callerOf(request: FastifyRequest): Promise<Identity>;
  /** The caller, who must be an administrator. Throws `signedOut` or `forbidden`. */
  administratorOf(request: FastifyRequest): Promise<Identity>;
}

/** Adds the two questions that every route begins with. Each is asked once per request. */
export function withCallers(world: RouteWorld): RouteDeps {
  const isShutOut = askTogether((tenantId: TenantId) => isSuspended(world.db, tenantId));
  const callerOf = oncePerRequest(async (request) => {
    const caller = await world.authenticate(authorizationOf(request));
    if (await isShutOut(caller.tenantId)) throw new AppError('forbidden');
    return caller;
  });
  const administratorOf = oncePerRequest(async (request) => {
    const caller = await callerOf(request);
    if (!(await mayAdminister(world.db, caller))) throw new AppError('forbidden');
    return caller;
  });
  return { ...world, callerOf, administratorOf };
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
