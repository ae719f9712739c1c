import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
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
      expect(await findBarriers(page)).toEqual([]);
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

  it('shows a stranger a kind page', async () => {
    const { world } = company.both.sandbox;
    const stranger = [...world.people.values()].find(
      ({ id, accountEnabled }) =>
        accountEnabled && ![...world.groups.values()].some(({ memberIds }) => memberIds.includes(id)),
    )!;
    await at(`${company.both.origin}/tab`, async (page) => {
      await chooseOnSignInPage(page, stranger);
      await page.getByText(say('en', 'home.strangerTitle')).waitFor();
      expect(await findBarriers(page)).toEqual([]);
    });
  });

  it("shows anybody's week and lets them answer a card on the sandbox's own page", async () => {
    const { executive, mentor, both } = company;
    await at(`${both.sandbox.origin}/sandbox/`, async (page) => {
      await page.getByRole('searchbox').fill(executive.displayName);
      await page.getByRole('button', { name: executive.displayName }).click();
      await page
        .getByRole('heading', { name: say('en', 'sandbox:calendar.title', { name: executive.displayName }) })
        .waitFor();
      await page.getByText(mentor.displayName.split(' ')[0]!).first().waitFor();
      await lookAt(page, 'sandbox-week', 'sandbox:');
      await page.getByRole('tab', { name: say('en', 'sandbox:views.chat') }).click();
      const chat = page.getByRole('heading', {
        name: say('en', 'sandbox:chat.title', { name: executive.displayName }),
      });
      await chat.waitFor();
      await lookAt(page, 'sandbox-chat', 'sandbox:');
      await page.getByRole('tab', { name: say('en', 'sandbox:views.mail') }).click();
      await page
        .getByRole('heading', { name: say('en', 'sandbox:mail.title', { name: executive.displayName }) })
        .waitFor();
      await lookAt(page, 'sandbox-mail', 'sandbox:');
    });
  });
});
