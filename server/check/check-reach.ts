import * as z from 'zod';
import type { Config, Credential } from '../config.ts';
import type { PersonId, TenantId } from '../domain/people/person.ts';
import { createAppInstaller } from '../graph/apps.ts';
import { createGraphClient } from '../graph/client.ts';
import { guid, isGuid, literal, query } from '../graph/paths.ts';
import type { GraphClient } from '../graph/types.ts';
import type { Clock, ReadResult } from '../ports.ts';
import { checkProgramMailbox } from './check-program-mailbox.ts';
import { checkScope } from './check-scope.ts';
import {
  describeResult,
  ok,
  problem,
  skipped,
  type CheckName,
  type Finding,
  type TodoKey,
  type Values,
} from './finding.ts';
import { PACKAGE_VERSION } from './package-version.ts';

const withId = z.object({ id: z.string() });
const mailboxUser = withId.extend({ accountEnabled: z.boolean().nullish() });

/** Enough for a single hiccup; somebody is waiting at the terminal. */
const READ_REPEATS = 1;
const OF_MAILBOX: CheckName[] = ['teamsMeetings', 'freeBusy', 'freeBusyOfOthers', 'subscriptions'];
const OF_DAEMON: CheckName[] = ['directory', 'groups', 'programMailbox', ...OF_MAILBOX, 'scope', 'level'];

/** What Graph lets both apps do in one tenant, proved by calls. Leaves nothing behind. */
export async function checkReach(
  config: Config,
  tenantId: TenantId,
  clock: Clock,
  tokens: { mainToken: string | null; daemonToken: string | null },
): Promise<Finding[]> {
  const { graphUrl, loginUrl } = config;
  const log = { debug: () => undefined, warn: () => undefined };
  const base = { clock, graphUrl, loginUrl, tenantId, log, readRepeats: READ_REPEATS };
  const clientOf = (clientId: string, credential: Credential): GraphClient =>
    createGraphClient({ ...base, clientId, credential });
  return [
    ...(tokens.daemonToken === null
      ? OF_DAEMON.map((name) => skipped(name, 'noTokenDaemon'))
      : await checkDaemon(clientOf(config.graphClientId, config.graphCredential), config)),
    tokens.mainToken === null
      ? skipped('catalogApp', 'noTokenMain')
      : await checkCatalog(clientOf(config.clientId, config.clientCredential), config, tenantId),
  ];
}

async function checkDaemon(client: GraphClient, config: Config): Promise<Finding[]> {
  const directory = await readOne(client, '/users');
  if (directory.outcome === 'later') {
    return [
      problem('directory', describeResult(directory), ['lookAtNetwork', { path: 'INVERSO_GRAPH_URL' }]),
      ...OF_DAEMON.slice(1).map((name) => skipped(name, 'graphSilent')),
    ];
  }
  const mailbox = await findProgramMailbox(client, config.programMailbox);
  return [
    judgeList('directory', directory, 'User.Read.All'),
    judgeList('groups', await readOne(client, '/groups'), 'GroupMember.Read.All'),
    mailbox.finding,
    ...(mailbox.id === null
      ? OF_MAILBOX.map((name) => skipped(name, 'noMailbox'))
      : await checkProgramMailbox(client, config, mailbox.id)),
    ...(await checkScope(client, mailbox.id, config.outsideMailbox)),
  ];
}

const readOne = (client: GraphClient, path: string): Promise<ReadResult<unknown>> =>
  client.read({
    method: 'GET',
    path: path + query({ $select: 'id', $top: 1 }),
    reply: z.object({ value: z.array(withId) }),
  });

const judgeList = (name: CheckName, result: ReadResult<unknown>, permission: string): Finding =>
  result.outcome === 'done'
    ? ok(name, 'readable')
    : problem(name, describeResult(result), ['grantOne', { permission, app: 2 }]);

async function findProgramMailbox(
  client: GraphClient,
  address: string,
): Promise<{ id: PersonId | null; finding: Finding }> {
  const name = 'programMailbox';
  const path = `/users${query({ $filter: `mail eq ${literal(address)}`, $select: 'id,accountEnabled' })}`;
  const result = await client.read({ method: 'GET', path, reply: z.object({ value: z.array(mailboxUser) }) });
  if (result.outcome !== 'done') {
    const todo: [TodoKey, Values] = ['grantOne', { permission: 'User.Read.All', app: 2 }];
    return { id: null, finding: problem(name, describeResult(result), todo) };
  }
  const user = result.value.value[0];
  if (user === undefined || !isGuid(user.id))
    return { id: null, finding: problem(name, 'addressUnknown', 'setMailbox') };
  // A shared mailbox, too, is an account that is disabled.
  if (user.accountEnabled === false) return { id: null, finding: problem(name, 'accountDisabled', 'enableAccount') };
  return { id: guid(user.id, 'id') as PersonId, finding: ok(name, 'inDirectory') };
}

async function checkCatalog(client: GraphClient, config: Config, tenantId: TenantId): Promise<Finding> {
  const name = 'catalogApp';
  const app = await createAppInstaller(client, { manifestId: config.manifestId }).findCatalogApp(tenantId);
  if (app.outcome !== 'done')
    return problem(name, describeResult(app), ['grantOne', { permission: 'AppCatalog.Read.All', app: 1 }]);
  if (app.value === null) return problem(name, 'unpublished', 'upload');
  const version = await readCatalogVersion(client, app.value);
  if (version.outcome !== 'done')
    return problem(name, describeResult(version), ['grantOne', { permission: 'AppCatalog.Read.All', app: 1 }]);
  return isOlder(version.value, PACKAGE_VERSION)
    ? problem(name, ['publishedOld', { version: version.value, expected: PACKAGE_VERSION }], 'uploadNewer')
    : ok(name, 'published', { version: version.value });
}

/** The newest version of the app that is published. */
async function readCatalogVersion(client: GraphClient, catalogId: string): Promise<ReadResult<string>> {
  const definition = z.object({ version: z.string(), publishingState: z.string().nullish() });
  const result = await client.read({
    method: 'GET',
    path: `/appCatalogs/teamsApps/${encodeURIComponent(catalogId)}${query({ $select: 'id', $expand: 'appDefinitions' })}`,
    reply: z.object({ appDefinitions: z.array(definition) }),
  });
  if (result.outcome !== 'done') return result;
  const published = result.value.appDefinitions.filter(
    ({ publishingState }) => (publishingState ?? 'published').toLowerCase() === 'published',
  );
  const newest = published.map(({ version }) => version).sort((a, b) => (isOlder(a, b) ? 1 : -1))[0];
  return { outcome: 'done', value: newest ?? '0.0.0' };
}

/** isOlder('1.9.0', '1.10.0') // => true */
function isOlder(version: string, than: string): boolean {
  const [those, these] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const at = these.findIndex((part, index) => part !== (those[index] ?? 0));
  return at >= 0 && (those[at] ?? 0) < these[at]!;
}
