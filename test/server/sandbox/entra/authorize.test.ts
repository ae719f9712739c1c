import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PRODUCT_ORIGIN, PUBLIC_HOST, startSmallTenant, type SmallTenant } from '../small-tenant.ts';

const VERIFIER = 'v'.repeat(64);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const REDIRECT = `${PRODUCT_ORIGIN}/tab`;
let tenant: SmallTenant;
let base: string;
let scope: string;

beforeAll(async () => {
  tenant = await startSmallTenant();
  base = `${tenant.origin}/${tenant.world.tenantId}/oauth2/v2.0`;
  scope = `openid profile offline_access ${tenant.apps.main.identifierUri}/access_as_user`;
});
afterAll(() => tenant.server.close());
beforeEach(() => {
  tenant.apps.main.consentRequired = false;
});

const question = (extra: Record<string, string> = {}) =>
  new URLSearchParams({
    client_id: tenant.apps.main.clientId,
    response_type: 'code',
    redirect_uri: REDIRECT,
    response_mode: 'fragment',
    scope,
    state: 's 1',
    nonce: 'n1',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...extra,
  });
const open = (extra: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(`${base}/authorize?${question(extra)}`, { redirect: 'manual', headers });
const choose = (personId: string, extra: Record<string, string> = {}) =>
  fetch(`${base}/authorize?${question(extra)}`, {
    method: 'POST',
    body: new URLSearchParams({ person: personId }),
    redirect: 'manual',
  });
const answerOf = (reply: Response) => {
  const target = new URL(reply.headers.get('location')!);
  return new URLSearchParams(target.hash === '' ? target.search : target.hash.slice(1));
};
const redeem = async (code: string, extra: Record<string, string> = {}, origin: string | null = PRODUCT_ORIGIN) => {
  const form = {
    grant_type: 'authorization_code',
    client_id: tenant.apps.main.clientId,
    redirect_uri: REDIRECT,
    code,
    code_verifier: VERIFIER,
    ...extra,
  };
  const reply = await fetch(`${base}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: origin === null ? {} : { origin },
  });
  return { status: reply.status, headers: reply.headers, body: await reply.json() };
};

describe('sign-in page', () => {
  it('lists the people as buttons, escaped, with a search field and a strict policy', async () => {
    const reply = await open();
    const page = await reply.text();
    expect(reply.status).toBe(200);
    expect(page).toContain('Ada Moretti');
    expect(page).toContain('Bruno &#60;b&#62;Rossi');
    expect(page).not.toContain('<b>Rossi');
    expect(page).toMatch(/<label for="search">/);
    const nonce = /<script nonce="([^"]+)"/.exec(page)![1]!;
    expect(reply.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(reply.headers.get('x-frame-options')).toBe('DENY');
  });

  it('puts a hinted person first', async () => {
    const page = await (await open({ login_hint: tenant.bruno.userPrincipalName })).text();
    expect(page.indexOf('Suggested')).toBeGreaterThan(0);
    expect(page.indexOf('Suggested')).toBeLessThan(page.indexOf('Bruno'));
    expect(page.match(/Bruno/g)!.length).toBe(1);
  });
});

describe('authorization code with PKCE', () => {
  it('ends in tokens for the person', async () => {
    const reply = await choose(tenant.ada.id);
    expect(reply.status).toBe(302);
    const answer = answerOf(reply);
    expect(reply.headers.get('location')).toContain(`${REDIRECT}#`);
    expect(answer.get('state')).toBe('s 1');
    const { status, body, headers } = await redeem(answer.get('code')!);
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(PRODUCT_ORIGIN);
    expect(decodeJwt(body.id_token)).toMatchObject({ nonce: 'n1', oid: tenant.ada.id, aud: tenant.apps.main.clientId });
    const { clientId } = tenant.apps.main;
    expect(decodeJwt(body.access_token)).toMatchObject({
      aud: clientId,
      azp: clientId,
      scp: 'access_as_user',
      ver: '2.0',
    });
    expect(JSON.parse(Buffer.from(body.client_info, 'base64url').toString())).toEqual({
      uid: tenant.ada.id,
      utid: tenant.world.tenantId,
    });
    expect(body.scope.split(' ')).toContain(`${tenant.apps.main.identifierUri}/access_as_user`);

    const again = await redeem(answer.get('code')!);
    expect(again.body.error_codes).toEqual([54005]);
    const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token, scope };
    const renewed = await redeem('', refresh);
    expect(decodeJwt(renewed.body.access_token).oid).toBe(tenant.ada.id);
    tenant.world.clock.jump(25 * 3_600_000);
    expect((await redeem('', refresh)).body.error_codes).toEqual([700084]);
  });

  it('answers in the query where that was asked', async () => {
    const reply = await choose(tenant.ada.id, { response_mode: 'query' });
    expect(new URL(reply.headers.get('location')!).searchParams.get('code')).toBeTruthy();
  });

  it('takes the scope by client id too', async () => {
    const reply = await choose(tenant.ada.id, { scope: `openid ${tenant.apps.main.clientId}/access_as_user` });
    const { body } = await redeem(answerOf(reply).get('code')!);
    expect(decodeJwt(body.access_token).scp).toBe('access_as_user');
    expect(body.refresh_token).toBeUndefined();
  });

  it('refuses what does not belong together', async () => {
    const fresh = async (state: string) => answerOf(await choose(tenant.ada.id, { state })).get('code')!;
    const codes = [
      await redeem(await fresh('a'), { code_verifier: 'w'.repeat(64) }),
      await redeem(await fresh('b'), { redirect_uri: `https://${PUBLIC_HOST}/tab` }),
      await redeem(await fresh('c'), {}, null),
      await redeem('nonsense'),
    ];
    expect(codes.map(({ body }) => body.error_codes[0])).toEqual([501481, 500112, 9002327, 9002313]);
    const old = await fresh('d');
    tenant.world.clock.jump(11 * 60_000);
    expect((await redeem(old)).body.error_codes).toEqual([70008]);
  });
});

describe('refusals of the sign-in', () => {
  it('shows on a page what may not be sent anywhere', async () => {
    const foreign = await open({ redirect_uri: 'https://evil.example/' });
    expect([foreign.status, foreign.headers.get('location')]).toEqual([400, null]);
    expect(await foreign.text()).toContain('AADSTS50011');
    expect(await (await open({ client_id: 'x' })).text()).toContain('AADSTS700016');
  });

  it('sends the rest back', async () => {
    const error = async (extra: Record<string, string>) => answerOf(await open(extra));
    const implicit = await error({ response_type: 'token' });
    expect([implicit.get('error'), implicit.get('state')]).toEqual(['unsupported_response_type', 's 1']);
    expect((await error({ scope: `${tenant.apps.main.identifierUri}/other` })).get('error_description')).toContain(
      'AADSTS650053',
    );
    expect((await error({ scope: 'api://unknown/x' })).get('error')).toBe('invalid_resource');
    tenant.apps.main.consentRequired = true;
    expect((await error({})).get('error_description')).toContain('AADSTS65001');
  });

  it('does not let a disabled account in', async () => {
    tenant.ada.accountEnabled = false;
    expect(answerOf(await choose(tenant.ada.id)).get('error_description')).toContain('AADSTS50057');
    tenant.ada.accountEnabled = true;
  });
});

describe('silent sign-in', () => {
  it('works by cookie or hint, and asks for interaction otherwise', async () => {
    expect(answerOf(await open({ prompt: 'none' })).get('error')).toBe('login_required');
    const hinted = answerOf(await open({ prompt: 'none', login_hint: tenant.bruno.mail }));
    expect(decodeJwt((await redeem(hinted.get('code')!)).body.id_token).oid).toBe(tenant.bruno.id);

    const cookie = (await choose(tenant.ada.id)).headers.get('set-cookie')!.split(';')[0]!;
    const silent = answerOf(await open({ prompt: 'none', state: 'silent' }, { cookie }));
    expect(decodeJwt((await redeem(silent.get('code')!)).body.id_token).oid).toBe(tenant.ada.id);
    expect((await open({}, { cookie })).status).toBe(302);
    expect((await open({ prompt: 'select_account' }, { cookie })).status).toBe(200);
    expect((await open({ login_hint: tenant.bruno.mail }, { cookie })).status).toBe(200);
    const forged = cookie.replace(tenant.ada.id, tenant.bruno.id);
    expect(answerOf(await open({ prompt: 'none' }, { cookie: forged })).get('error')).toBe('login_required');
  });

  it('signs out, and goes back to registered pages only', async () => {
    const out = await fetch(
      `${base}/logout?${new URLSearchParams({ post_logout_redirect_uri: REDIRECT, state: 'x' })}`,
      { redirect: 'manual' },
    );
    expect(out.headers.get('location')).toBe(`${REDIRECT}?state=x`);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    const stay = await fetch(`${base}/logout?post_logout_redirect_uri=https://evil.example`, { redirect: 'manual' });
    expect(stay.status).toBe(200);
  });
});
