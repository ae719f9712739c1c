import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import underPressure from '@fastify/under-pressure';
import fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { AppError } from './errors.ts';
import { replyWithError } from './http/error-reply.ts';
import { guardRequests } from './http/guard-requests.ts';
import { servePages } from './http/pages.ts';
import { createRateLimitStore } from './http/rate-limit-store.ts';
import { withCallers, type RouteWorld, type TypedApp } from './http/route-deps.ts';
import { administratorRoutes } from './http/routes/administrator-routes.ts';
import { checkRoutes, type CheckDeps } from './http/routes/check-routes.ts';
import { botRoutes, type BotDeps } from './http/routes/bot-routes.ts';
import { learningRoutes } from './http/routes/learning-routes.ts';
import { matchingRoutes } from './http/routes/matching-routes.ts';
import { noticeRoutes, type NoticeDeps } from './http/routes/notice-routes.ts';
import { assistantRoutes } from './http/routes/assistant-routes.ts';
import { participantRoutes } from './http/routes/participant-routes.ts';
import { progressRoutes } from './http/routes/progress-routes.ts';
import { publicRoutes, type PublicDeps } from './http/routes/public-routes.ts';
import { runningRoutes } from './http/routes/running-routes.ts';
import { sessionWorkRoutes } from './http/routes/session-work-routes.ts';
import { safeContactRoutes } from './http/routes/safe-contact-routes.ts';

export interface AppDeps extends RouteWorld, BotDeps, NoticeDeps, PublicDeps, CheckDeps {
  logger: FastifyBaseLogger;
  /** Folder of the built pages. */
  pageFolder: string;
  /** Host of the address under which people reach us. */
  publicHost: string;
  /** Origins that pages may connect to besides their own (the sign-in service). */
  connectOrigins: readonly string[];
  /** Whether requests are answered with 503 while the event loop is late: not where time is virtual and waits for us. */
  shedsLoad: boolean;
}

/** Requests a minute of one address to what anybody may ask; who is signed in is counted as a person (limit-callers.ts). */
const REQUESTS_A_MINUTE = 600;
/** What people send is a few kilobytes; more than this would keep the event loop with reading alone (hostile input 62). */
const MOST_BODY_BYTES = 65_536;
/** What is not here by then is cut off: a few kilobytes never take so long, and open sockets are not free (hostile input 63). */
const LONGEST_REQUEST = 10_000;
/** An event loop that is later than this has more than it can do: new requests are told to come again. */
const MOST_LOOP_DELAY_MILLISECONDS = 1_000;
/** Hosts that may frame our pages (platform.md 7.1). */
const FRAME_ANCESTORS = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.cloud.microsoft',
  'https://*.microsoft365.com',
  'https://*.office.com',
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://outlook-sdf.office.com',
  'https://outlook-sdf.office365.com',
];

/** Builds the server: plugins, then routes by name. Listening is the caller's. */
export async function buildApp(deps: AppDeps): Promise<TypedApp> {
  const app: TypedApp = fastify({
    loggerInstance: deps.logger,
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: LONGEST_REQUEST,
    // Node's own 60 s for headers would count for bodies too, since the longer of the two limits does.
    http: { headersTimeout: LONGEST_REQUEST, connectionsCheckingInterval: 1_000 },
    logController: new LogController({ disableRequestLogging: true }),
    // Addresses that cannot be read never reach a route, nor the handlers below.
    frameworkErrors: (error, request, reply) => void replyWithError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(replyWithError);
  app.setNotFoundHandler((request, reply) => replyWithError(new AppError('notFound'), request, reply));

  const routeDeps = withCallers(deps);
  guardRequests(app, deps);
  await app.register(underPressure, {
    maxEventLoopDelay: deps.shedsLoad ? MOST_LOOP_DELAY_MILLISECONDS : 0,
    exposeStatusRoute: false,
  });
  await app.register(helmet, contentPolicy(deps.connectOrigins));
  await app.register(compress, { global: true, threshold: 2_048 });
  await app.register(rateLimit, {
    max: REQUESTS_A_MINUTE,
    timeWindow: 60_000,
    store: createRateLimitStore(deps.clock) as never,
    // A page is some sixty small files, and a whole office may come from one address.
    allowList: (request) =>
      routeDeps.isSignedIn(request) || (request.method === 'GET' && !request.url.startsWith('/api/')),
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Inverso', version: '1', description: 'Reverse mentoring inside Microsoft 365.' },
    },
    transform: jsonSchemaTransform,
  });
  app.addHook('onSend', async (request, reply) => {
    // One person's answer must never be shown to another by a cache in between (hostile input 53).
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'private, no-store');
  });

  publicRoutes(app, deps);
  // Who asks is settled before anything of the request is looked into, so that strangers learn nothing of what we take.
  await app.register(async (signedIn: TypedApp) => {
    signedIn.addHook('onRequest', async (request) => void (await routeDeps.callerOf(request)));
    participantRoutes(signedIn, routeDeps);
    assistantRoutes(signedIn, routeDeps);
    safeContactRoutes(signedIn, routeDeps);
    sessionWorkRoutes(signedIn, routeDeps);
    learningRoutes(signedIn, routeDeps);
  });
  await app.register(async (administrators: TypedApp) => {
    administrators.addHook('onRequest', async (request) => void (await routeDeps.administratorOf(request)));
    administratorRoutes(administrators, routeDeps);
    matchingRoutes(administrators, routeDeps);
    progressRoutes(administrators, routeDeps);
    runningRoutes(administrators, routeDeps);
    checkRoutes(administrators, { ...routeDeps, runChecks: deps.runChecks });
  });
  botRoutes(app, deps);
  noticeRoutes(app, deps);
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await servePages(app, deps.pageFolder);
  await app.ready();
  return app;
}

/** Frames only of Microsoft 365; scripts of our own and office.js; styles inline because Fluent writes them so. */
function contentPolicy(connectOrigins: readonly string[]) {
  return {
    frameguard: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' as const },
    // Any other policy cuts the sign-in pop-up off from the pane that opened it once it is back on our page.
    crossOriginOpenerPolicy: { policy: 'unsafe-none' as const },
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", 'https://appsforoffice.microsoft.com', 'https://ajax.aspnetcdn.com'],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'", 'data:', 'https://res.cdn.office.net'],
        'connect-src': ["'self'", 'https://login.microsoftonline.com', 'https://res.cdn.office.net', ...connectOrigins],
        'frame-src': ["'self'", 'https://login.microsoftonline.com', ...connectOrigins],
        'frame-ancestors': ["'self'", ...FRAME_ANCESTORS],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        // Behind a proxy that ends TLS this would break plain loopback addresses.
        'upgrade-insecure-requests': null,
      },
    },
  };
}
