import { createSecretKey } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskView, SessionReply, SessionView } from '../../server/contract/http.ts';
import { createLogger } from '../../server/create-logger.ts';
import { cards } from '../../server/locales/en/cards.ts';
import { startServer, type RunningServer } from '../../server/main.ts';
import type { Clock } from '../../server/ports.ts';
import { createVirtualClock } from '../../server/sandbox/clock.ts';
import { companyRoles } from '../../server/sandbox/people/company-roles.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';
import { askAs } from '../../server/simulation/drive-program.ts';
import { startBoth, type Both } from '../../server/simulation/start-both.ts';
import { homeOf } from './company.ts';
import { startSigningProxy, type SigningProxy, type TokenChange } from './hosts/signing-proxy.ts';
import { connectorOf, findPort, startPlayground, type Playground } from './hosts/start-playground.ts';
import { takePicture } from './look-at.ts';
import { hasChromium, openBrowser } from './open-browser.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STARTS_AT = Date.parse('2026-09-28T06:00:00Z');
const MOST_HOURS = 60 * 24;
/** Enough that somebody suits; each of them gets cards through the Playground's connector, which takes its time. */
const MENTORS = 6;
const TOPIC = 'generative-ai';

describe.skipIf(!hasChromium)('the bot in the Agents Playground', () => {
  const clock = createVirtualClock(STARTS_AT);
  let both: Both;
  let server: RunningServer;
  let proxy: SigningProxy;
  let playground: Playground;
  let browser: Browser;
  let executive: SandboxPerson;
  let volunteers: SandboxPerson[];
  let serviceUrl: string;

  beforeAll(async () => {
    const started = await startBoth({
      seed: 1,
      clock,
      people: 60,
      executives: 12,
      weeks: 16,
      sandboxPort: 0,
      serverPort: 0,
      sandboxFolder: null,
      databaseFolder: null,
      databaseUrl: null,
      graphVia: null,
      faultRate: 0,
      pageFolder: '',
      logLevel: 'fatal',
    });
    const { sandbox, config } = started;
    // The same tenant, but chats are the Playground's: the server is started again with another connector.
    await started.server.close();
    proxy = await startSigningProxy({ botId: config.clientId, now: () => clock.now() });
    const port = await findPort();
    serviceUrl = connectorOf(port);
    server = await startServer({
      config: { ...config, connectorUrl: serviceUrl, botOpenIdUrl: proxy.openIdUrl },
      clock: clock as unknown as Clock,
      logger: createLogger('fatal'),
      pageFolder: '',
      databaseFolder: null,
      host: '127.0.0.1',
      jobs: 'inMemory',
      salt: 'playground',
    });
    const origin = `http://127.0.0.1:${server.port}`;
    const botEndpoint = `${origin}/api/messages`;
    const publicHost = new URL(config.publicUrl).host;
    sandbox.linkProduct({ botEndpoint, publicHost, loopbackOrigin: origin });
    proxy.forwardTo(botEndpoint);
    both = { ...started, server, origin };

    const roles = companyRoles(sandbox.world);
    const people = (ids: string[]): SandboxPerson[] =>
      ids.map((id) => sandbox.world.people.get(id)!).filter(({ accountEnabled }) => accountEnabled);
    executive = people(roles.executives).find((person) => person.preferredLanguage?.startsWith('en'))!;
    volunteers = people(roles.volunteers).slice(0, MENTORS);
    [playground, browser] = await Promise.all([
      startPlayground({
        port,
        botEndpoint: `${proxy.origin}/api/messages`,
        tenantId: sandbox.tenantId,
        botId: config.clientId,
        person: executive,
        others: people(roles.executives.filter((id) => id !== executive.id)).slice(0, 5),
      }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await playground?.stop();
    await server?.close();
    await both?.sandbox.close();
    await proxy?.close();
  });

  /** Answers what somebody is asked as a willing person would in the tab. */
  async function answer(person: SandboxPerson, ask: AskView): Promise<void> {
    const post = (path: string, body: object): Promise<unknown> => askAs(both, person.id, 'POST', path, body);
    const wanted = [{ topic: TOPIC, level: 4 }];
    if (ask.kind === 'goals') await post('/api/asks/goals', { cohortId: ask.cohortId, goals: wanted });
    if (ask.kind === 'join') await post('/api/asks/join', { cohortId: ask.cohortId, answer: 'join', skills: wanted });
    if (ask.kind === 'mentor') await post(`/api/pairs/${ask.pairId}/mentor-answer`, { answer: 'agree' });
    if (ask.kind === 'proposal' && ask.offers.length > 0)
      await post(`/api/pairs/${ask.pairId}/proposal-answer`, { answer: 'agree', offer: 0 });
  }

  /** A new group of the directory; gives its id. */
  function addGroup(id: string, displayName: string, members: readonly SandboxPerson[]): string {
    const memberIds = members.map((person) => person.id);
    both.sandbox.world.groups.set(id, {
      id,
      displayName,
      mail: null,
      mailEnabled: false,
      securityEnabled: true,
      memberIds,
    });
    return id;
  }

  /** What an administrator does: opens a cohort that runs by itself, and invites. */
  async function openCohort(): Promise<void> {
    const {
      administrators: [administrator = ''],
      ombudspersonId,
    } = companyRoles(both.sandbox.world);
    const { cohortId } = (await askAs(both, administrator, 'POST', '/api/admin/cohorts', {
      programName: 'Reverse mentoring',
      cohortName: 'First cohort',
      menteeGroupId: addGroup('00000000-0000-4000-8000-000000000001', 'One executive', [executive]),
      mentorGroupId: addGroup('00000000-0000-4000-8000-000000000002', 'A few mentors', volunteers),
      safeContact: both.sandbox.world.people.get(ombudspersonId)!.mail,
      automatic: true,
    })) as { cohortId: string };
    await askAs(both, administrator, 'POST', `/api/admin/cohorts/${cohortId}/invite`);
  }

  /** Lets time pass, everybody answering in the tab, until a series is booked for the executive; gives its first session. */
  async function book(): Promise<SessionView> {
    for (let hours = 0; hours < MOST_HOURS; hours += 6) {
      await clock.advanceTo(clock.now() + 6 * HOUR);
      for (const person of [executive, ...volunteers]) {
        for (const ask of (await homeOf(both, person)).asks) await answer(person, ask);
      }
      const pair = (await homeOf(both, executive)).pairs.find(({ state }) => state === 'booked');
      const [first] = pair?.sessions ?? [];
      if (first?.state === 'booked') return first;
    }
    throw new Error(`nothing was booked in ${MOST_HOURS} hours`);
  }

  it('is installed, welcomes, asks for feedback, takes the answer, replaces the card, and takes a changed answer', async () => {
    const context = await browser.newContext({ viewport: { width: 1300, height: 1000 } });
    await context.route('**/*', (route) =>
      ['127.0.0.1', 'localhost'].includes(new URL(route.request().url()).hostname) ? route.continue() : route.abort(),
    );
    const page = await context.newPage();
    const isInstalled = page.waitForResponse((response) => response.url().includes('/installation'));
    await page.goto(playground.origin);
    expect((await isInstalled).ok()).toBe(true);
    // The page answers before the bot has heard of it, and what is heard later waits for the clock again.
    const isWelcomed = async (): Promise<boolean> => {
      await clock.advanceTo(clock.now() + MINUTE);
      return page.getByText(cards.welcome.heading).isVisible();
    };
    await expect.poll(isWelcomed).toBe(true);

    await openCohort();
    const { sessionId, end } = await book();
    await clock.advanceTo(Date.parse(end) + HOUR);
    const [pair] = (await homeOf(both, executive)).pairs;
    const heading = cards.feedback.heading.replace('{{name}}', pair!.partner.displayName);
    await page.getByText(heading).waitFor();
    await takePicture(page, 'playground-feedback-card');

    const button = page.getByRole('button', { name: cards.feedback.scale[5] });
    await button.click();
    await page.getByText(cards.thanks.held).waitFor();
    await expect.poll(() => button.count()).toBe(0);
    expect(await page.getByText(heading).count()).toBe(0);
    await takePicture(page, 'playground-thanks');
    const after = await homeOf(both, executive);
    const session = after.pairs.flatMap(({ sessions }) => sessions).find((each) => each.sessionId === sessionId);
    expect(session).toMatchObject({ feedback: 'answered', held: 'confirmed' });

    // The thank-you gives the form back, and the later answer stands.
    await page.getByRole('button', { name: cards.thanks.edit }).click();
    await page.getByText(heading).waitFor();
    await page.getByRole('radio', { name: cards.feedback.scale[4] }).check();
    await page.getByRole('button', { name: cards.feedback.send, exact: true }).click();
    await page.getByText(cards.thanks.held).waitFor();
    const said = (await askAs(both, executive.id, 'GET', `/api/sessions/${sessionId}`)) as SessionReply;
    expect(said.answer).toMatchObject({ usefulness: 4 });
    await context.close();
  });

  describe('lets nobody in', () => {
    const post = async (authorization: string | null): Promise<number> => {
      const { tenantId } = both.sandbox;
      const activity = {
        type: 'message',
        id: 'message',
        text: 'help',
        channelId: 'msteams',
        serviceUrl,
        from: { id: executive.id, aadObjectId: executive.id },
        recipient: { id: `28:${both.config.clientId}` },
        conversation: { id: 'a:personal-chat', conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId } },
      };
      const headers = { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) };
      const body = JSON.stringify(activity);
      return (await fetch(`${both.origin}/api/messages`, { method: 'POST', headers, body })).status;
    };

    it('but the Bot Connector itself', async () => {
      expect(await post(`Bearer ${await proxy.token(serviceUrl)}`)).toBe(200);
    });

    it('without a token', async () => {
      expect(await post(null)).toBe(401);
    });

    const changes: [string, () => Promise<TokenChange>][] = [
      [
        'signed with a foreign key under a known id',
        async () => ({ key: (await generateKeyPair('RS256')).privateKey }),
      ],
      ['signed with a key of unknown id', async () => ({ kid: 'unknown' })],
      ['for another bot', async () => ({ audience: '00000000-0000-4000-8000-000000000000' })],
      ['of another issuer', async () => ({ issuer: 'https://login.botframework.com' })],
      ['that ended an hour ago', async () => ({ expires: -3600, notBefore: -7200 })],
      ['that begins in an hour', async () => ({ notBefore: 3600, expires: 7200 })],
      ['for another service URL', async () => ({ serviceUrl: 'https://smba.trafficmanager.net/other' })],
    ];
    for (const [name, change] of changes) {
      it(`with a token ${name}`, async () => {
        expect(await post(`Bearer ${await proxy.token(serviceUrl, await change())}`)).toBe(401);
      });
    }

    it('with a token signed by a shared secret', async () => {
      const seconds = Math.floor(clock.now() / 1000);
      const token = await new SignJWT({ serviceurl: serviceUrl })
        .setProtectedHeader({ alg: 'HS256', kid: 'proxy' })
        .setIssuer('https://api.botframework.com')
        .setAudience(both.config.clientId)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + 600)
        .sign(createSecretKey(Buffer.alloc(32, 7)));
      expect(await post(`Bearer ${token}`)).toBe(401);
    });
  });
});
