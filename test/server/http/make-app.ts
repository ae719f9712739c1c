import pino from 'pino';
import { buildApp, type AppDeps } from '../../../server/app.ts';
import { parseLifecycleNotices, parseNotices } from '../../../server/graph/notices.ts';
import { createAuth } from '../../../server/http/auth.ts';
import type { TypedApp } from '../../../server/http/route-deps.ts';
import { acceptNotices } from '../../../server/use-cases/sessions/accept-notice.ts';
import type { TenantId } from '../../../server/domain/people/person.ts';
import type { Stage } from '../../make/server.ts';
import { CLIENT_ID, type Entra } from './entra.ts';

export interface TestApp {
  app: TypedApp;
  /** Lines of the log. */
  log: string[];
  /** What the bot's route was given. */
  activities: { authorization: string | undefined; activity: unknown }[];
}

/** The app as main wires it, on a stage, with a bot that only notes. */
export async function makeApp(
  stage: Stage,
  entra: Entra,
  tenantIds: TenantId[],
  change: Partial<AppDeps> = {},
): Promise<TestApp> {
  const log: string[] = [];
  const activities: TestApp['activities'] = [];
  const app = await buildApp({
    ...stage,
    logger: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    pageFolder: '/no/such/folder',
    publicHost: 'inverso.contoso.example',
    connectOrigins: [],
    shedsLoad: false,
    authenticate: createAuth({ clock: stage.clock, loginUrl: entra.loginUrl, clientId: CLIENT_ID, tenantIds }),
    hasNeighbors: tenantIds.length > 1,
    config: {
      clientId: CLIENT_ID,
      tenantId: tenantIds[0]!,
      scope: 'scope',
      authority: 'authority',
      loginEndpoints: null,
    },
    runChecks: (tenantId, locale) =>
      Promise.resolve([{ name: 'database', state: 'ok', found: `${tenantId} ${locale}`, todo: null }]),
    isReady: () => Promise.resolve(),
    handleActivity: (authorization, activity) => {
      activities.push({ authorization, activity });
      return Promise.resolve({ status: 401 });
    },
    readNotices: (body, kind) =>
      kind === 'change'
        ? (parseNotices(body)?.map((notice) => ({ ...notice, lifecycle: null })) ?? null)
        : (parseLifecycleNotices(body)?.map((notice) => ({
            ...notice,
            mailboxId: null,
            eventId: null,
            lifecycle: notice.lifecycleEvent,
          })) ?? null),
    acceptNotices: (notices) => acceptNotices(stage, notices),
    ...change,
  });
  return { app, log, activities };
}
