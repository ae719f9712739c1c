import { describe, expect, it, vi } from 'vitest';
import { toHostTheme } from '../../../src/host/host.ts';
import { isSignInAnswer } from '../../../src/host/is-sign-in-answer.ts';
import { loadOffice } from '../../../src/host/load-office.ts';
import { msalOptions } from '../../../src/host/msal-options.ts';
import { withShortScope } from '../../../src/host/nested-app-auth.ts';
import { isSafeLink } from '../../../src/host/open-safely.ts';
import { withTimeLimit } from '../../../src/host/with-time-limit.ts';
import { themeOf } from '../../../src/components/theme-of.ts';

const config = {
  clientId: 'c1',
  tenantId: null,
  scope: 'api://host/access_as_user',
  authority: 'https://login.microsoftonline.com/t1',
  loginEndpoints: {
    authorize: 'http://127.0.0.1:1/a',
    token: 'http://127.0.0.1:1/t',
    keys: 'http://127.0.0.1:1/k',
    issuer: 'i',
  },
};

describe('themes', () => {
  it('maps every name of a host', () => {
    expect(['default', 'dark', 'contrast', 'glass', undefined].map(toHostTheme)).toEqual([
      'default',
      'dark',
      'contrast',
      'dark',
      'default',
    ]);
  });

  it('gives Fluent’s theme of each', () => {
    const backgrounds = (['default', 'dark', 'contrast'] as const).map(
      (theme) => themeOf(theme).colorNeutralBackground1,
    );
    expect(new Set(backgrounds).size).toBe(3);
    expect(themeOf('contrast').colorNeutralBackground1).toBe('#000000');
  });
});

describe('withTimeLimit', () => {
  it('passes values and faults on, and rejects what never settles', async () => {
    await expect(withTimeLimit(Promise.resolve(1), 50, 'x')).resolves.toBe(1);
    await expect(withTimeLimit(Promise.reject(new Error('no')), 50, 'x')).rejects.toThrow('no');
    await expect(withTimeLimit(new Promise(() => undefined), 10, 'Teams')).rejects.toThrow('Teams did not answer');
  });
});

describe('loadOffice', () => {
  it('gives history back, which office.js takes away, and tells Outlook from a browser', async () => {
    const onReady = vi.fn().mockResolvedValueOnce({ host: 'Outlook' }).mockResolvedValueOnce({ host: null });
    vi.stubGlobal('Office', { onReady, HostType: { Outlook: 'Outlook' } });
    Object.assign(history, { pushState: null, replaceState: null });
    await expect(loadOffice(50)).resolves.toBe(true);
    expect(Object.keys(history)).not.toContain('pushState');
    history.pushState(null, '', '#restored');
    expect(location.hash).toBe('#restored');
    await expect(loadOffice(50)).resolves.toBe(false);
  });

  it('rejects when Outlook never answers', async () => {
    vi.stubGlobal('Office', { onReady: () => new Promise(() => undefined) });
    await expect(loadOffice(10)).rejects.toThrow('Outlook did not answer');
  });
});

describe('sign-in', () => {
  const state = (interactionType: string): string =>
    `${btoa(JSON.stringify({ id: '1', meta: { interactionType } }))}|mine`;

  it('leaves a pop-up with an answer alone, and nothing else', () => {
    expect(isSignInAnswer(`#code=1&state=${encodeURIComponent(state('popup'))}`)).toBe(true);
    expect(isSignInAnswer(`#error=x&state=${encodeURIComponent(state('popup'))}`)).toBe(true);
    expect(isSignInAnswer(`#code=1&state=${encodeURIComponent(state('redirect'))}`)).toBe(false);
    expect(isSignInAnswer('#code=1&state=nonsense')).toBe(false);
    expect(isSignInAnswer('#/sessions/1')).toBe(false);
  });

  it('hands the server’s sign-in addresses to msal as metadata', () => {
    const { auth, cache } = msalOptions(config, '/tab');
    expect(auth.redirectUri).toBe(`${location.origin}/tab`);
    expect(cache?.cacheLocation).toBe('sessionStorage');
    expect(JSON.parse(auth.authorityMetadata ?? '')).toEqual({
      authorization_endpoint: 'http://127.0.0.1:1/a',
      token_endpoint: 'http://127.0.0.1:1/t',
      jwks_uri: 'http://127.0.0.1:1/k',
      issuer: 'i',
    });
    expect(msalOptions({ ...config, loginEndpoints: null }, '/tab').auth.authorityMetadata).toBeUndefined();
  });

  it('asks once more with the short scope after AADSTS90009', async () => {
    const ask = vi.fn().mockRejectedValueOnce(new Error('AADSTS90009: itself')).mockResolvedValueOnce('token');
    await expect(withShortScope(config, ask)).resolves.toBe('token');
    expect(ask.mock.calls).toEqual([['api://host/access_as_user'], ['c1/access_as_user']]);
    await expect(withShortScope(config, () => Promise.reject(new Error('other')))).rejects.toThrow('other');
  });
});

describe('isSafeLink', () => {
  it('opens web pages only', () => {
    expect(isSafeLink('https://teams.microsoft.com/l/x')).toBe(true);
    expect(isSafeLink('http://127.0.0.1:3000/tab')).toBe(true);
    expect(isSafeLink('http://evil.example/')).toBe(false);
    expect(isSafeLink('javascript:alert(1)')).toBe(false);
    expect(isSafeLink('data:text/html,x')).toBe(false);
  });
});
