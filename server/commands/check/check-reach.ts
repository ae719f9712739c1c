import * as z from 'zod';
import type { Config, Credential } from '../../config.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { createAppInstaller } from '../../graph/apps.ts';
import { createGraphClient } from '../../graph/client.ts';
import { guid, isGuid, literal, query } from '../../graph/paths.ts';
import type { GraphClient } from '../../graph/types.ts';
import type { Clock, ReadResult } from '../../ports.ts';
import { checkProgramMailbox } from './check-program-mailbox.ts';
import { checkScope } from './check-scope.ts';
import { describeResult, ok, problem, skipped, type Finding } from './finding.ts';

const withId = z.object({ id: z.string() });

/** Enough for a single hiccup; somebody is waiting at the terminal. */
const READ_REPEATS = 1;
const OF_MAILBOX = ['Teams meetings', 'free and busy', 'subscriptions'];
const OF_DAEMON = ['directory', 'groups', 'program mailbox', ...OF_MAILBOX, 'mailboxes outside the scope'];

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
      ? OF_DAEMON.map((name) => skipped(name, 'there is no token of app 2'))
      : await checkDaemon(clientOf(config.graphClientId, config.graphCredential), config)),
    tokens.mainToken === null
      ? skipped('catalog app', 'there is no token of app 1')
      : await checkCatalog(clientOf(config.clientId, config.clientCredential), config, tenantId),
  ];
}

async function checkDaemon(client: GraphClient, config: Config): Promise<Finding[]> {
  const directory = await readOne(client, '/users');
  if (directory.outcome === 'later') {
    return [
      problem('directory', describeResult(directory), 'Look at INVERSO_GRAPH_URL and the network.'),
      ...OF_DAEMON.slice(1).map((name) => skipped(name, 'Graph does not answer')),
    ];
  }
  const mailbox = await findProgramMailbox(client, config.programMailbox);
  return [
    judgeList('directory', directory, 'User.Read.All'),
    judgeList('groups', await readOne(client, '/groups'), 'GroupMember.Read.All'),
    mailbox.finding,
    ...(mailbox.id === null
      ? OF_MAILBOX.map((name) => skipped(name, 'there is no program mailbox'))
      : await checkProgramMailbox(client, config, mailbox.id)),
    await checkScope(client, mailbox.id),
  ];
}

const readOne = (client: GraphClient, path: string): Promise<ReadResult<unknown>> =>
  client.read({
    method: 'GET',
    path: path + query({ $select: 'id', $top: 1 }),
    reply: z.object({ value: z.array(withId) }),
  });

const judgeList = (name: string, result: ReadResult<unknown>, permission: string): Finding =>
  result.outcome === 'done'
    ? ok(name, 'readable')
    : problem(name, describeResult(result), `Grant ${permission} to app 2 and consent as administrator.`);

async function findProgramMailbox(
  client: GraphClient,
  address: string,
): Promise<{ id: PersonId | null; finding: Finding }> {
  const name = 'program mailbox';
  const path = `/users${query({ $filter: `mail eq ${literal(address)}`, $select: 'id' })}`;
  const result = await client.read({ method: 'GET', path, reply: z.object({ value: z.array(withId) }) });
  if (result.outcome !== 'done')
    return { id: null, finding: problem(name, describeResult(result), 'Grant User.Read.All to app 2.') };
  const id = result.value.value[0]?.id;
  if (id === undefined || !isGuid(id)) {
    const todo = 'Set INVERSO_PROGRAM_MAILBOX to the mail address of a licensed user.';
    return { id: null, finding: problem(name, 'nobody in the directory has this address', todo) };
  }
  return { id: guid(id, 'id') as PersonId, finding: ok(name, 'found in the directory') };
}

async function checkCatalog(client: GraphClient, config: Config, tenantId: TenantId): Promise<Finding> {
  const app = await createAppInstaller(client, { manifestId: config.manifestId }).findCatalogApp(tenantId);
  if (app.outcome !== 'done') {
    return problem(
      'catalog app',
      describeResult(app),
      'Grant AppCatalog.Read.All to app 1 and consent as administrator.',
    );
  }
  return app.value === null
    ? problem(
        'catalog app',
        'not published',
        'Upload the app package in the Teams admin center, or set INVERSO_MANIFEST_ID to its id.',
      )
    : ok('catalog app', 'published');
}
