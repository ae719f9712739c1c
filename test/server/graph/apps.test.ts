import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../../server/domain/people/person.ts';
import { createAppInstaller, type AppInstaller } from '../../../server/graph/apps.ts';
import {
  clientOfDouble,
  createSteppingClock,
  graphError,
  startGraphDouble,
  TENANT,
  type GraphDouble,
} from '../../make/graph-double.ts';

const MANIFEST = 'f31b1263-ba99-435a-a679-911d24850d7c';
const CATALOG = 'b1c5353a-7aca-41b3-830f-27d5218fe0e5';
const PERSON = '00000000-0000-0000-0000-000000000001' as PersonId;

let double: GraphDouble;
let apps: AppInstaller;
beforeEach(async () => {
  double = await startGraphDouble();
  apps = createAppInstaller(clientOfDouble(double, createSteppingClock()), { manifestId: MANIFEST });
});
afterEach(() => double.close());

describe('findCatalogApp', () => {
  it('finds the catalog id by the manifest id, the own upload first', async () => {
    const other = { id: 'other', externalId: MANIFEST, distributionMethod: 'sideloaded' };
    double.script(() => ({
      json: { value: [other, { id: CATALOG, externalId: MANIFEST, distributionMethod: 'organization' }] },
    }));
    expect(await apps.findCatalogApp(TENANT)).toEqual({ outcome: 'done', value: CATALOG });
    expect(double.seen[0]!.path).toBe(
      `/v1.0/appCatalogs/teamsApps?$filter=externalId eq '${MANIFEST}'&$select=id,externalId,distributionMethod`,
    );
  });

  it('gives null when it is not published', async () => {
    double.script(() => ({ json: { value: [] } }));
    expect(await apps.findCatalogApp(TENANT)).toEqual({ outcome: 'done', value: null });
  });
});

describe('install', () => {
  it('installs; installed already is done too', async () => {
    double.script(() => ({ status: 201 }));
    expect(await apps.install(TENANT, PERSON, CATALOG)).toEqual({ outcome: 'done', value: null });
    expect(double.seen[0]).toMatchObject({
      method: 'POST',
      path: `/v1.0/users/${PERSON}/teamwork/installedApps`,
      json: { 'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${CATALOG}` },
    });
    double.script(() => graphError(409, 'Conflict'));
    expect(await apps.install(TENANT, PERSON, CATALOG)).toEqual({ outcome: 'done', value: null });
    double.script(() => graphError(403, 'Forbidden'));
    expect(await apps.install(TENANT, PERSON, CATALOG)).toMatchObject({ outcome: 'refused', reason: 'forbidden' });
  });
});
