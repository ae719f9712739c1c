import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connectToTeams } from '../../../src/host/teams.ts';
import { chooseTabHost } from '../../../src/host/choose-host.ts';

const teams = vi.hoisted(() => ({
  app: {
    initialize: vi.fn(),
    getContext: vi.fn(),
    registerOnThemeChangeHandler: vi.fn(),
    notifySuccess: vi.fn(),
    openLink: vi.fn(),
  },
  authentication: { getAuthToken: vi.fn(), authenticate: vi.fn(), notifySuccess: vi.fn() },
  nestedAppAuth: { isNAAChannelRecommended: vi.fn() },
}));
vi.mock('@microsoft/teams-js', () => teams);

const noConfig = (): Promise<never> => Promise.reject(new Error('not asked'));

describe('connectToTeams', () => {
  beforeEach(() => {
    vi.resetAllMocks();
    teams.app.initialize.mockResolvedValue(undefined);
    teams.app.notifySuccess.mockResolvedValue(undefined);
    teams.app.getContext.mockResolvedValue({
      app: { locale: 'it-it', theme: 'dark' },
      page: { subPageId: 'session:1' },
    });
  });

  it('takes language, theme and page from the context, and follows the theme', async () => {
    const host = await connectToTeams(noConfig);
    expect(host).toMatchObject({ name: 'teams', locale: 'it-it', theme: 'dark', pageId: 'session:1' });
    const told: string[] = [];
    const end = host.onTheme((theme) => told.push(theme));
    const tell = teams.app.registerOnThemeChangeHandler.mock.calls[0]?.[0] as (name: string) => void;
    tell('contrast');
    tell('glass');
    end();
    tell('default');
    expect(told).toEqual(['contrast', 'dark']);
  });

  it('gives up when the host never answers', async () => {
    teams.app.initialize.mockReturnValue(new Promise(() => undefined));
    await expect(connectToTeams(noConfig, 20)).rejects.toThrow('did not answer');
  });

  it('tells missing consent from being signed out', async () => {
    const host = await connectToTeams(noConfig);
    teams.authentication.getAuthToken.mockResolvedValueOnce('t');
    await expect(host.token()).resolves.toBe('t');
    teams.authentication.getAuthToken.mockRejectedValueOnce(new Error('resourceRequiresConsent'));
    await expect(host.token()).rejects.toMatchObject({ name: 'SignInNeeded', reason: 'consent' });
    teams.authentication.getAuthToken.mockRejectedValueOnce(new Error('Failed to retrieve token'));
    await expect(host.token()).rejects.toMatchObject({ reason: 'signedOut' });
  });

  it('opens a window of our own for consent where Teams has no broker', async () => {
    teams.nestedAppAuth.isNAAChannelRecommended.mockReturnValue(false);
    teams.authentication.authenticate.mockResolvedValue('signed-in');
    await (await connectToTeams(noConfig)).signIn();
    expect(teams.authentication.authenticate).toHaveBeenCalledWith(
      expect.objectContaining({ url: `${location.origin}/tab?window=sign-in` }),
    );
  });
});

describe('chooseTabHost', () => {
  it('goes on as a browser with a pop-up when the frame around it does not answer', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    teams.app.initialize.mockRejectedValue(new Error('No parent'));
    vi.stubGlobal('nativeInterface', {});
    const host = await chooseTabHost(async () => ({
      clientId: '11111111-1111-1111-1111-111111111111',
      tenantId: null,
      scope: 'api://x/access_as_user',
      authority: 'https://login.microsoftonline.com/22222222-2222-2222-2222-222222222222',
      loginEndpoints: null,
    }));
    expect(host).toMatchObject({ name: 'browser', isFallback: true });
    await expect(host.token()).rejects.toMatchObject({ name: 'SignInNeeded', reason: 'signedOut' });
  });
});
