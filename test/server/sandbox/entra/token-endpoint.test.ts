import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, type INetworkModule } from '@azure/msal-node';
import { createRemoteJWKSet, decodeJwt, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertificate } from '../../../../server/sandbox/entra/certificate.ts';
import { startSmallTenant, type SmallTenant } from '../small-tenant.ts';

const GRAPH = 'https://graph.microsoft.com';
let tenant: SmallTenant;
let tokenUrl: string;

beforeAll(async () => {
  tenant = await startSmallTenant();
  tokenUrl = `${tenant.origin}/${tenant.world.tenantId}/oauth2/v2.0/token`;
});
afterAll(() => tenant.server.close());

async function ask(form: Record<string, string>, headers: Record<string, string> = {}, url = tokenUrl) {
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
  return { status: reply.status, body: await reply.json() };
}

/** Sends what msal-node asks of Microsoft's host to the sandbox. */
function loopback(): INetworkModule {
  const go = async (method: string, url: string, options: { headers?: Record<string, string>; body?: string } = {}) => {
    const { pathname, search } = new URL(url);
    const reply = await fetch(tenant.origin + pathname + search, { method, ...options });
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.json() };
  };
  return {
    sendGetRequestAsync: (url, options) => go('GET', url, options),
    sendPostRequestAsync: (url, options) => go('POST', url, options),
  };
}

const authority = () => `https://login.microsoftonline.com/${tenant.world.tenantId}`;
const mainClient = (clientSecret = tenant.apps.main.secret!) =>
  new ConfidentialClientApplication({
    auth: { clientId: tenant.apps.main.clientId, clientSecret, authority: authority() },
    system: { networkClient: loopback() },
  });

const assertion = (claims: Record<string, unknown> = {}, key = tenant.certificate.privateKeyPem, alg = 'PS256') => {
  const now = Math.floor(tenant.world.clock.now() / 1000);
  const { clientId } = tenant.apps.graph;
  const x5t = createHash('sha256')
    .update(new X509Certificate(tenant.certificate.certificatePem).raw)
    .digest('base64url');
  return new SignJWT({
    aud: `${authority()}/oauth2/v2.0/token`,
    iss: clientId,
    sub: clientId,
    jti: '1',
    nbf: now,
    exp: now + 600,
    ...claims,
  })
    .setProtectedHeader({ alg, 'x5t#S256': x5t })
    .sign(createPrivateKey(key));
};
const withAssertion = async (client_assertion: string | Promise<string>, extra: Record<string, string> = {}) =>
  ask({
    grant_type: 'client_credentials',
    client_id: tenant.apps.graph.clientId,
    scope: `${GRAPH}/.default`,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await client_assertion,
    ...extra,
  });

describe('createCertificate', () => {
  it('makes a real X.509 certificate', () => {
    const [from, to] = [Date.parse('2026-01-02T03:04:05Z'), Date.parse('2055-01-02T03:04:05Z')];
    const made = createCertificate('Inverso calendars', from, to);
    const x509 = new X509Certificate(made.certificatePem);
    expect(x509.subject).toBe('CN=Inverso calendars');
    expect([Date.parse(x509.validFrom), Date.parse(x509.validTo)]).toEqual([from, to]);
    expect(x509.verify(x509.publicKey)).toBe(true);
    expect(x509.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
    expect(made.thumbprintSha256).toBe(x509.fingerprint256.replaceAll(':', ''));
  });
});

describe('client credentials', () => {
  it('gives the bot its token by secret, through msal-node', async () => {
    const client = mainClient();
    const scopes = ['https://api.botframework.com/.default'];
    const result = await client.acquireTokenByClientCredential({ scopes });
    expect(decodeJwt(result!.accessToken)).toMatchObject({
      aud: 'https://api.botframework.com',
      appid: tenant.apps.main.clientId,
      oid: tenant.apps.main.servicePrincipalId,
      tid: tenant.world.tenantId,
      idtyp: 'app',
    });
    const caller = await tenant.entra.verify(`Bearer ${result!.accessToken}`, 'https://api.botframework.com');
    expect(caller).toEqual({ clientId: tenant.apps.main.clientId, roles: [], personId: null, scopes: [] });
    expect(await tenant.entra.verify(`Bearer ${result!.accessToken}`, GRAPH)).toBeNull();
  });

  it('gives the daemon its roles by certificate, through msal-node', async () => {
    const client = new ConfidentialClientApplication({
      auth: {
        clientId: tenant.apps.graph.clientId,
        clientCertificate: {
          thumbprintSha256: tenant.certificate.thumbprintSha256,
          privateKey: tenant.certificate.privateKeyPem,
        },
        authority: authority(),
      },
      system: { networkClient: loopback() },
    });
    const result = await client.acquireTokenByClientCredential({ scopes: [`${GRAPH}/.default`] });
    const caller = await tenant.entra.verify(`Bearer ${result!.accessToken}`, GRAPH);
    expect(caller?.roles).toEqual(['User.Read.All', 'GroupMember.Read.All']);
  });

  it('takes PS256 and RS256, and no assertion that is wrong in any way', async () => {
    expect((await withAssertion(assertion())).status).toBe(200);
    expect((await withAssertion(assertion({}, undefined, 'RS256'))).status).toBe(200);
    const other = createCertificate('other', 0, Date.now() + 1e9);
    const codes = await Promise.all([
      withAssertion(assertion({}, other.privateKeyPem)),
      withAssertion(assertion({ aud: 'https://elsewhere.example' })),
      withAssertion(assertion({ nbf: 1, exp: 2 })),
      withAssertion(assertion({ iss: tenant.apps.main.clientId })),
      withAssertion('nonsense'),
      withAssertion(assertion(), { client_id: tenant.apps.main.clientId }),
    ]);
    expect(codes.map(({ status, body }) => [status, body.error, body.error_codes[0]])).toEqual([
      [401, 'invalid_client', 700027],
      [401, 'invalid_client', 700023],
      [401, 'invalid_client', 700024],
      [401, 'invalid_client', 700021],
      [401, 'invalid_client', 50027],
      [401, 'invalid_client', 700027],
    ]);
  });

  it('words refusals as Entra does', async () => {
    const good = {
      grant_type: 'client_credentials',
      client_id: tenant.apps.main.clientId,
      client_secret: 'wrong',
      scope: `${GRAPH}/.default`,
    };
    const { status, body } = await ask(good, { 'client-request-id': 'c0ffee' });
    expect([status, body.error, body.error_codes]).toEqual([401, 'invalid_client', [7000215]]);
    expect(body.error_description).toMatch(
      /^AADSTS7000215: .* Trace ID: [0-9a-f-]{36} Correlation ID: c0ffee Timestamp: 2026-09-28 06:00:00Z$/,
    );
    const right = { ...good, client_secret: tenant.apps.main.secret! };
    const cases: [Record<string, string>, number, string][] = [
      [{ ...right, client_id: '00000000-0000-4000-8000-000000000000' }, 700016, 'unauthorized_client'],
      [{ ...right, scope: 'https://graph.microsoft.com/User.Read' }, 1002012, 'invalid_scope'],
      [{ ...right, scope: 'https://vault.azure.net/.default' }, 500011, 'invalid_resource'],
      [{ ...right, grant_type: 'password' }, 70003, 'unsupported_grant_type'],
      [{ client_id: right.client_id }, 900144, 'invalid_request'],
      [{ ...right, client_id: tenant.apps.graph.clientId }, 7000215, 'invalid_client'],
      [{ grant_type: 'client_credentials', client_id: right.client_id, scope: right.scope }, 7000218, 'invalid_client'],
    ];
    for (const [form, code, error] of cases) {
      const refused = await ask(form);
      expect([refused.body.error_codes[0], refused.body.error]).toEqual([code, error]);
    }
    const lost = await ask(right, {}, tokenUrl.replace(tenant.world.tenantId, 'nobody.example'));
    expect(lost.body.error_codes).toEqual([90002]);
    const fromPage = await ask(right, { origin: 'https://inverso.contoso.example' });
    expect(fromPage.body.error_codes).toEqual([9002326]);
    await expect(mainClient('bad').acquireTokenByClientCredential({ scopes: [right.scope] })).rejects.toMatchObject({
      errorCode: 'invalid_client',
    });
  });
});

describe('tokens of people', () => {
  it('signs what single sign-on gives: v2 claims that jose verifies over the key set', async () => {
    const { world, apps, ada } = tenant;
    apps.main.appRoleAssignments[ada.id] = ['Administrator'];
    const token = await tenant.entra.userToken(ada.id, { clientId: apps.main.clientId });
    const keys = createRemoteJWKSet(new URL(`${tenant.origin}/${world.tenantId}/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(token, keys, {
      issuer: `https://login.microsoftonline.com/${world.tenantId}/v2.0`,
      audience: apps.main.clientId,
      currentDate: new Date(world.clock.now()),
    });
    expect(payload).toMatchObject({
      oid: ada.id,
      tid: world.tenantId,
      ver: '2.0',
      scp: 'access_as_user',
      azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
      name: 'Ada Moretti',
      preferred_username: ada.userPrincipalName,
      roles: ['Administrator'],
    });
    expect(payload.idtyp).toBeUndefined();
    delete apps.main.appRoleAssignments[ada.id];
    await expect(tenant.entra.userToken('nobody', { clientId: apps.main.clientId })).rejects.toThrow(/does not exist/);
  });

  it('exchanges them on behalf of the person, through msal-node', async () => {
    const { ada, apps } = tenant;
    const oboAssertion = await tenant.entra.userToken(ada.id, { clientId: apps.main.clientId });
    const scopes = [`${GRAPH}/User.Read`];
    const result = await mainClient().acquireTokenOnBehalfOf({ oboAssertion, scopes });
    expect(result!.account).toMatchObject({ username: ada.userPrincipalName, localAccountId: ada.id });
    const caller = await tenant.entra.verify(`Bearer ${result!.accessToken}`, GRAPH);
    expect(caller).toMatchObject({ personId: ada.id, roles: [] });
    expect(caller!.scopes).toContain('User.Read');
    apps.main.consentRequired = true;
    await expect(mainClient().acquireTokenOnBehalfOf({ oboAssertion, scopes })).rejects.toMatchObject({
      errorCode: 'invalid_grant',
      subError: 'consent_required',
    });
    apps.main.consentRequired = false;
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      client_id: apps.main.clientId,
      client_secret: apps.main.secret!,
      scope: scopes[0]!,
    };
    expect((await ask({ ...form, assertion: result!.accessToken })).body.error).toBe('invalid_grant');
    expect((await ask({ ...form, assertion: 'x.y.z' })).body.error_codes).toEqual([50013]);
    expect((await ask({ ...form, assertion: oboAssertion, scope: `${GRAPH}/Mail.Read` })).body.error_codes).toEqual([
      65001,
    ]);
  });
});

describe('keys and metadata', () => {
  it('names Microsoft’s addresses, or the sandbox’s own when asked', async () => {
    const read = async (path: string) => (await fetch(tenant.origin + path)).json();
    const { tenantId } = tenant.world;
    const document = await read(`/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(document).toMatchObject({
      issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      jwks_uri: `https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`,
    });
    const local = await read(`/${tenantId}/v2.0/.well-known/openid-configuration?loopback=1`);
    expect(local).toMatchObject({ issuer: document.issuer, token_endpoint: tokenUrl });
    expect((await read('/common/v2.0/.well-known/openid-configuration')).issuer).toContain('{tenantid}');
    expect((await read('/common/discovery/instance')).metadata[0].aliases).toContain('login.microsoftonline.com');
    expect((await read('/other.example/discovery/v2.0/keys')).error_codes).toEqual([90002]);
  });

  it('rotates: old tokens hold until the old key is withdrawn', async () => {
    const { ada, apps, entra } = tenant;
    const header = `Bearer ${await entra.userToken(ada.id, { clientId: apps.main.clientId })}`;
    const holds = async () => (await entra.verify(header, apps.main.clientId)) !== null;
    const { current, former } = await entra.rotateKeys();
    const { keys } = await (await fetch(`${tenant.origin}/common/discovery/v2.0/keys`)).json();
    expect(keys.map(({ kid }: { kid: string }) => kid)).toEqual([current, former]);
    expect(await holds()).toBe(true);
    expect(entra.withdrawKey(current)).toBe(false);
    expect(entra.withdrawKey(former)).toBe(true);
    expect(await holds()).toBe(false);
  });

  it('ends tokens by the virtual clock', async () => {
    const { ada, apps, entra, world } = tenant;
    const header = `Bearer ${await entra.userToken(ada.id, { clientId: apps.main.clientId })}`;
    const holds = async () => (await entra.verify(header, apps.main.clientId)) !== null;
    expect(await holds()).toBe(true);
    world.clock.jump(3599_000);
    expect(await holds()).toBe(false);
    world.clock.jump(-3599_000);
    expect(await holds()).toBe(true);
    world.clock.jump(-3600_000);
    expect(await holds()).toBe(false);
    world.clock.jump(3600_000);
    const forged = header.replace(/\.[^.]+$/, `.${'A'.repeat(342)}`);
    expect(await entra.verify(forged, apps.main.clientId)).toBeNull();
    expect(await entra.verify(undefined, apps.main.clientId)).toBeNull();
  });
});
