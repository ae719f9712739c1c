import * as z from 'zod';
import type { Config, Credential } from '../../config.ts';
import type { PersonId, TenantId } from '../../domain/people/person.ts';
import { createAppInstaller } from '../../graph/apps.ts';
import { createGraphClient } from '../../graph/client.ts';
import { guid, isGuid, literal, query } from '../../graph/paths.ts';
import type { GraphClient } from '../../graph/types.ts';
import type { Clock } from '../../ports.ts';
import { checkProgramMailbox } from './check-program-mailbox.ts';
import { checkScope } from './check-scope.ts';
import { describeResult, ok, problem, skipped, type Finding } from './finding.ts';

const withId = z.object({ id: z.string() });

/** What Graph lets both apps do in one tenant, proved by calls. Leaves nothing behind. */
export async function checkReach(config: Config, tenantId: TenantId, clock: Clock): Promise<Finding[]> {
  const silent = { debug: () => undefined, warn: () => undefined };
  const clientOf = (clientId: string, credential: Credential): GraphClient =>
    createGraphClient({
      clock,
      graphUrl: config.graphUrl,
      loginUrl: config.loginUrl,
      tenantId,
      clientId,
      credential,
      log: silent,
    });
  const daemon = clientOf(config.graphClientId, config.graphCredential);
  const main = clientOf(config.clientId, config.clientCredential);
  const directory = await checkDirectory(daemon);
  const mailbox = await findProgramMailbox(daemon, config.programMailbox);
  return [
    ...directory,
    mailbox.finding,
    ...(mailbox.id === null
      ? ['Teams meetings', 'free and busy', 'subscriptions'].map((name) => skipped(name, 'there is no program mailbox'))
      : await checkProgramMailbox(daemon, config, mailbox.id)),
    await checkScope(daemon, mailbox.id),
    await checkCatalog(main, config, tenantId),
  ];
}

async function checkDirectory(client: GraphClient): Promise<Finding[]> {
  const reply = z.object({ value: z.array(withId) });
  const look = async (name: string, path: string, permission: string): Promise<Finding> => {
    const result = await client.read({ method: 'GET', path: path + query({ $select: 'id', $top: 1 }), reply });
    return result.outcome === 'done'
      ? ok(name, 'readable')
      : problem(name, describeResult(result), `Grant ${permission} to app 2 and consent as administrator.`);
  };
  return [await look('directory', '/users', 'User.Read.All'), await look('groups', '/groups', 'GroupMember.Read.All')];
}

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
