import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cards } from '../../server/locales/en/cards.ts';
import { companyRoles } from '../../server/sandbox/people/company-roles.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';
import { homeOf, startCompany, type Company } from './company.ts';
import { findBarriers, takePicture } from './look-at.ts';
import { hasChromium, openBrowser } from './open-browser.ts';
import { watchPages } from './watch-pages.ts';
import { say } from './words.ts';

const LOOKS = ['default', 'dark', 'contrast'] as const;

describe.skipIf(!hasChromium)('a plain browser', () => {
  let company: Company;
  let browser: Browser;
  beforeAll(async () => {
    [company, browser] = await Promise.all([startCompany(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await company?.close();
  });

  /** Opens an address with nothing in between, does what the test does, and holds that nothing went wrong on the way. */
  async function at(address: string, act: (page: Page) => Promise<void>): Promise<void> {
    // Colors that are still changing would be judged half-way.
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, reducedMotion: 'reduce' });
    const faults = watchPages(context);
    const page = await context.newPage();
    await page.goto(address);
    await act(page);
    expect(faults).toEqual([]);
    await context.close();
  }

  /** Chooses the look on the page, checks it for barriers, and takes its picture. */
  async function lookAt(page: Page, name: string, namespace = ''): Promise<void> {
    for (const look of LOOKS) {
      await page.getByLabel(say('en', `${namespace}look.label`)).selectOption(look);
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, `${name}-${look}`);
    }
  }

  const chooseOnSignInPage = async (page: Page, person: SandboxPerson): Promise<void> => {
    await page.getByRole('searchbox').fill(person.displayName);
    await page.getByRole('button', { name: person.displayName }).first().click();
  };

  it('signs an executive in by redirect and shows mentor, next session and guide', async () => {
    const { executive, mentor } = company;
    await at(`${company.both.origin}/tab`, async (page) => {
      await page.getByRole('searchbox').waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, 'sign-in-page');
      await chooseOnSignInPage(page, executive);
      await page.getByText(say('en', 'pair.menteeOf', { name: mentor.displayName })).waitFor();
      expect(new URL(page.url()).origin).toBe(company.both.origin);
      await lookAt(page, 'browser-executive');
      await page.getByRole('link', { name: say('en', 'pair.open') }).click();
      await page.getByText(say('en', 'guide.agenda')).waitFor();
      await lookAt(page, 'browser-guide');
      await page.reload();
      await page.getByText(say('en', 'guide.agenda')).waitFor();
    });
  });

  it('signs an administrator in and shows the program, without what nobody may see', async () => {
    await at(`${company.both.origin}/tab`, async (page) => {
      await chooseOnSignInPage(page, company.administrator);
      await page.getByRole('heading', { name: say('en', 'program.pairs'), exact: true }).waitFor();
      await page.getByText(company.mentor.displayName).first().waitFor();
      await lookAt(page, 'browser-administrator');
    });
  });

  it('signs a mentor in, who gives feedback on the page', async () => {
    const { person, sessionId } = company.asked;
    await at(`${company.both.origin}/tab#/sessions/${sessionId}`, async (page) => {
      await chooseOnSignInPage(page, person);
      await page.getByText(say('en', 'feedback.tookPlace')).waitFor();
      await lookAt(page, 'browser-mentor');
      await page.getByRole('radio', { name: say('en', 'feedback.yes'), exact: true }).check();
      await page.getByRole('radio', { name: new RegExp(say('en', 'feedback.usefulnessLevels.5')) }).check();
      await page.getByRole('button', { name: say('en', 'feedback.send') }).click();
      await page.getByText(say('en', 'feedback.thanks')).waitFor();
      const home = await homeOf(company.both, person);
      const sessions = home.pairs.flatMap((pair) => pair.sessions);
      expect(sessions.find((each) => each.sessionId === sessionId)).toMatchObject({ feedback: 'answered' });
    });
  });

  it('shows a stranger a kind page in their own language', async () => {
    const { world } = company.both.sandbox;
    const { administrators, executives, volunteers, programMailboxId } = companyRoles(world);
    const known = new Set([...administrators, ...executives, ...volunteers, programMailboxId]);
    const stranger = [...world.people.values()].find(
      ({ id, accountEnabled, preferredLanguage }) =>
        accountEnabled && preferredLanguage?.startsWith('it') && !known.has(id),
    )!;
    await at(`${company.both.origin}/tab`, async (page) => {
      await chooseOnSignInPage(page, stranger);
      await page.getByText(say('it', 'home.strangerTitle')).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, 'browser-stranger');
    });
  });

  it("shows anybody's week, mail and chat on the sandbox's own page, and lets time pass", async () => {
    const { executive, both } = company;
    const name = executive.displayName;
    const open = (view: string) => page.getByRole('tab', { name: say('en', `sandbox:views.${view}`) }).click();
    let page!: Page;
    await at(`${both.sandbox.origin}/sandbox/`, async (opened) => {
      page = opened;
      await page.getByRole('searchbox').fill(name);
      await page.getByRole('button', { name }).click();
      await page.getByRole('heading', { name: say('en', 'sandbox:calendar.title', { name }) }).waitFor();
      await page
        .getByRole('button', { name: new RegExp(say('en', 'sandbox:calendar.ours')) })
        .first()
        .waitFor();
      await lookAt(page, 'sandbox-week', 'sandbox:');
      await open('mail');
      await page.getByRole('heading', { name: say('en', 'sandbox:mail.title', { name }) }).waitFor();
      await lookAt(page, 'sandbox-mail', 'sandbox:');

      // Executives are asked half an hour after the end of a session.
      for (let quarters = 0; quarters < 2; quarters++) {
        const moved = page.waitForResponse((response) => response.url().endsWith('/clock/advance'));
        await page.getByRole('button', { name: say('en', 'sandbox:clock.minutes15') }).click();
        expect((await moved).ok()).toBe(true);
      }
      await open('chat');
      await page.getByRole('heading', { name: say('en', 'sandbox:chat.title', { name }) }).waitFor();
      const button = page.getByRole('button', { name: cards.feedback.scale[5] });
      await button.waitFor();
      await lookAt(page, 'sandbox-chat', 'sandbox:');
      await button.click();
      await page.getByText(cards.thanks.held).waitFor();
      expect(await button.count()).toBe(0);
      const sessions = (await homeOf(both, executive)).pairs.flatMap((pair) => pair.sessions);
      expect(sessions.map(({ feedback }) => feedback)).toContain('answered');
    });
  });
});
