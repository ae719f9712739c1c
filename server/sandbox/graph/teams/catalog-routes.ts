import type { SandboxReply } from '../../http.ts';
import type { World } from '../../world.ts';
import type { GraphCall, GraphRoute } from '../graph-call.ts';
import { odataContext } from '../link-base.ts';
import { unknownProperty } from '../directory/entity.ts';
import { readExpand } from '../odata/expand.ts';
import { readFilter } from '../odata/filter.ts';
import { readOptions, type QueryOptions } from '../odata/options.ts';
import { badRequest, GraphRefusal } from '../refusal.ts';

const READ_CATALOG = ['AppCatalog.Read.All', 'AppCatalog.ReadWrite.All'];
const TYPE = 'microsoft.graph.teamsApp';
const NAMES = ['id', 'externalId', 'displayName', 'distributionMethod'];

/** The organization's own apps, as Teams lists them. */
export function catalogRoutes(): GraphRoute[] {
  return [
    { method: 'GET', template: '/appCatalogs/teamsApps', anyOf: READ_CATALOG, operation: listApps },
    { method: 'GET', template: '/appCatalogs/teamsApps/{id}', anyOf: READ_CATALOG, operation: oneApp },
  ];
}

/** The published app as `teamsApp`, or null while nothing is published. */
export function catalogApp(world: World): Record<string, unknown> | null {
  const { catalog } = world;
  if (!catalog) return null;
  const { id, externalId, displayName } = catalog;
  return { id, externalId, displayName, distributionMethod: 'organization' };
}

/** 404 of Teams for an app that the catalog does not hold. */
export const appNotFound = (id: string): GraphRefusal =>
  new GraphRefusal(404, 'NotFound', `No app definition(s) found for the teamsApp '${id}'.`);

function listApps({ world, request }: GraphCall): SandboxReply {
  const options = readOptions(request.query, request.headers, ['filter', 'select', 'expand', 'top']);
  const text = options.get('filter');
  const filter = text === undefined ? undefined : readFilter(text);
  for (const name of filter?.names ?? [])
    if (!NAMES.includes(name))
      throw badRequest(`Invalid filter clause: Could not find a property named '${name}' on type '${TYPE}'.`);
  const app = catalogApp(world);
  const found = app && (!filter || filter.test(app, (each, name) => each[name])) ? [show(world, app, options)] : [];
  return { status: 200, body: { '@odata.context': odataContext('appCatalogs/teamsApps'), value: found } };
}

function oneApp({ world, request, ids }: GraphCall): SandboxReply {
  const options = readOptions(request.query, request.headers, ['select', 'expand']);
  const app = catalogApp(world);
  if (app?.['id'] !== ids[0]) throw appNotFound(ids[0]!);
  const context = { '@odata.context': odataContext('appCatalogs/teamsApps/$entity') };
  return { status: 200, body: { ...context, ...show(world, app!, options) } };
}

function show(world: World, app: Record<string, unknown>, options: QueryOptions): Record<string, unknown> {
  const wanted =
    options
      .get('select')
      ?.split(',')
      .map((name) => name.trim()) ?? NAMES;
  for (const name of wanted) if (!NAMES.includes(name)) throw unknownProperty(name, TYPE);
  const shown = Object.fromEntries(Object.entries(app).filter(([name]) => wanted.includes(name)));
  for (const { name } of readExpand(options.get('expand'))) {
    if (name !== 'appDefinitions') throw unknownProperty(name, TYPE);
    shown['appDefinitions'] = [appDefinition(world)];
  }
  return shown;
}

/** The published definition of the app. */
export function appDefinition({ catalog }: World): Record<string, unknown> {
  return {
    id: Buffer.from(`${catalog!.id}##${catalog!.version}##Published`).toString('base64'),
    teamsAppId: catalog!.id,
    displayName: catalog!.displayName,
    version: catalog!.version,
    publishingState: 'published',
  };
}
