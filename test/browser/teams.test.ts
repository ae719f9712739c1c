import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUBLIC_ORIGIN, startCompany, type Company } from './company.ts';
import { openTeams, type Opened, type TeamsSetup } from './hosts/open-teams.ts';
import { findBarriers, takePicture } from './look-at.ts';
import { hasChromium, openBrowser } from './open-browser.ts';
import { say } from './words.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';

const tabOf = (page: Page): FrameLocator => page.frameLocator('iframe');
/** Fluent's `colorNeutralBackground2` in each look of Teams. */
const BACKGROUNDS = { default: 'rgb(250, 250, 250)', dark: 'rgb(36, 36, 36)', contrast: 'rgb(0, 0, 0)' } as const;
const LOOKS = ['default', 'dark', 'contrast'] as const;
const backgroundOf = (page: Page): Promise<string> =>
  tabOf(page)
    .locator('body')
    .evaluate((body) => getComputedStyle(body).backgroundColor);

const firstName = ({ displayName }: SandboxPerson): string => displayName.split(' ')[0]!;

describe.skipIf(!hasChromium)('the tab in Teams', () => {
  let company: Company;
  let browser: Browser;
  beforeAll(async () => {
    [company, browser] = await Promise.all([startCompany(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await company?.close();
  });

  /** Opens the tab, does what the test does, and holds that nothing went wrong on the way. */
  async function inTeams(person: SandboxPerson, setup: TeamsSetup, act: (opened: Opened) => Promise<void>) {
    const opened = await openTeams(browser, company, person, setup);
    try {
      await act(opened);
      expect(opened.faults).toEqual([]);
    } finally {
      await opened.context.close();
    }
  }

  /** Looks at the tab in the look that it was opened in, and in those that Teams changes to. */
  async function lookAt(page: Page, name: string): Promise<void> {
    for (const look of LOOKS) {
      await page.evaluate((theme) => (globalThis as unknown as { setTheme(name: string): void }).setTheme(theme), look);
      await expect.poll(() => backgroundOf(page)).toBe(BACKGROUNDS[look]);
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, `${name}-${look}`);
    }
  }

  it('signs an executive in without asking and shows mentor and next session, in every look', async () => {
    await inTeams(company.executive, { theme: 'contrast' }, async ({ page, cutOff }) => {
      const tab = tabOf(page);
      await tab.getByText(say('en', 'home.greeting', { name: firstName(company.executive) })).waitFor();
      await tab.getByText(say('en', 'pair.menteeOf', { name: company.mentor.displayName })).waitFor();
      await tab.getByText(say('en', 'pair.next')).waitFor();
      expect(await backgroundOf(page)).toBe(BACKGROUNDS.contrast);
      await lookAt(page, 'teams-executive');
      expect([...cutOff].filter((address) => !address.includes('validDomains'))).toEqual([]);
      const heard = await page.evaluate('heard');
      expect(heard).toContain('authentication.getAuthToken');
      expect(heard).toContain('appInitialization.success');
    });
  });

  it('shows a mentor the question that waits and its form, in every look', async () => {
    const { person, locale } = company.asked;
    await inTeams(person, { theme: 'dark' }, async ({ page }) => {
      const tab = tabOf(page);
      await tab.getByRole('link', { name: say(locale, 'feedback.give') }).waitFor();
      expect(await backgroundOf(page)).toBe(BACKGROUNDS.dark);
      await lookAt(page, 'teams-mentor');
      await tab.getByRole('link', { name: say(locale, 'feedback.give') }).click();
      await tab.getByText(say(locale, 'feedback.title')).waitFor();
      await lookAt(page, 'teams-session');
    });
  });

  it('shows an administrator the program, in every look', async () => {
    await inTeams(company.administrator, {}, async ({ page }) => {
      const tab = tabOf(page);
      await tab.getByRole('heading', { name: say('en', 'program:pairs'), exact: true }).waitFor();
      await tab.getByText(company.mentor.displayName).first().waitFor();
      expect(await backgroundOf(page)).toBe(BACKGROUNDS.default);
      await lookAt(page, 'teams-administrator');
    });
  });

  it('speaks the language of the person in the program, not the one of the host', async () => {
    await inTeams(company.executive, { locale: 'it-it' }, async ({ page }) => {
      await tabOf(page).getByText(say('en', 'pair.next')).waitFor();
    });
  });

  it('opens the session that a deep link names', async () => {
    const { nextSession, executive, mentor } = company;
    await inTeams(executive, { subPageId: `session:${nextSession.sessionId}` }, async ({ page }) => {
      const { number, of } = nextSession;
      const title = say('en', 'session.title', { number, of, name: mentor.displayName });
      await tabOf(page).getByRole('heading', { name: title }).waitFor();
    });
  });

  it('asks for the missing consent through the broker of the host', async () => {
    await inTeams(company.executive, { consented: false }, async ({ page }) => {
      const tab = tabOf(page);
      await tab.getByText(say('en', 'signIn.consentTitle')).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, 'teams-consent');
      await tab.getByRole('button', { name: say('en', 'signIn.consentButton') }).click();
      await tab.getByText(say('en', 'pair.next')).waitFor();
      expect(await page.evaluate('heard')).toContain('nestedAppAuth.execute');
    });
  });

  it('asks for the missing consent in a window where the host has no broker', async () => {
    await inTeams(company.executive, { consented: false, hasBroker: false }, async ({ page, context }) => {
      const tab = tabOf(page);
      const [popup] = await Promise.all([
        context.waitForEvent('page'),
        tab.getByRole('button', { name: say('en', 'signIn.consentButton') }).click(),
      ]);
      const isClosed = popup.waitForEvent('close');
      await popup.getByRole('button', { name: company.executive.displayName }).first().click();
      await isClosed;
      await tab.getByText(say('en', 'pair.next')).waitFor();
    });
  });

  it('offers another way in when the host never answers', async () => {
    await inTeams(company.executive, { isSilent: true }, async ({ page, context }) => {
      const tab = tabOf(page);
      await tab.getByText(say('en', 'signIn.noHost')).waitFor();
      expect(await page.evaluate('heard')).toContain('initialize');
      expect(await findBarriers(page)).toEqual([]);
      const [popup] = await Promise.all([
        context.waitForEvent('page'),
        tab.getByRole('button', { name: say('en', 'signIn.here') }).click(),
      ]);
      await popup.getByRole('button', { name: company.executive.displayName }).first().click();
      await tab.getByText(say('en', 'pair.next')).waitFor();
    });
  });

  it('is not shown inside a page of a stranger', async () => {
    const opened = await openTeams(browser, company, company.executive, { hostOrigin: 'https://evil.example' });
    await expect.poll(() => opened.faults.join('\n')).toContain('frame-ancestors');
    expect(opened.page.frames().some((frame) => frame.url().startsWith(PUBLIC_ORIGIN))).toBe(false);
    expect(await opened.page.evaluate('heard')).toEqual([]);
    await opened.context.close();
  });
});
