import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownDataReply } from '../../server/contract/own-data.ts';
import { LOCALES, type Locale } from '../../server/contract/vocabulary.ts';
import { cards } from '../../server/locales/en/cards.ts';
import { companyRoles } from '../../server/sandbox/people/company-roles.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';
import { askAs } from '../../server/simulation/drive-program.ts';
import { findPaired, homeOf, startCompany, type Company } from './company.ts';
import { findBarriers, findOverflow, takePicture } from './look-at.ts';
import { hasChromium, openBrowser } from './open-browser.ts';
import { makePulse } from './make-pulse.ts';
import { publishSome } from './publish-some.ts';
import { watchPages } from './watch-pages.ts';
import { say } from './words.ts';

const LOOKS = ['default', 'dark', 'contrast'] as const;
type Look = (typeof LOOKS)[number];

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

  /** Opens an address of this machine, does what the test does, and holds that nothing went wrong on the way. */
  async function at(
    address: string,
    act: (page: Page) => Promise<void>,
    { width = 1100, language = 'en-US' } = {},
  ): Promise<void> {
    // Colors that are still changing would be judged half-way.
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
      locale: language,
    });
    const faults = watchPages(context);
    // Only office.js lies elsewhere; the pane has to do without it.
    await context.route(/^https:/, (route) => route.abort());
    try {
      const page = await context.newPage();
      await page.goto(address);
      await act(page);
      expect(faults.filter((fault) => !fault.includes('https://appsforoffice.microsoft.com/'))).toEqual([]);
    } finally {
      await context.close();
    }
  }

  /** Looks at the page in each look for barriers, takes its pictures, and sees whether it fits the narrowest window. */
  async function lookAt(page: Page, name: string, choose: (look: Look) => Promise<unknown>): Promise<void> {
    for (const look of LOOKS) {
      await choose(look);
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, `${name}-${look}`);
    }
    expect(await findOverflow(page, name)).toEqual([]);
  }

  /** Chooses a look by the switch on the page. */
  const bySwitch =
    (page: Page, namespace = '', locale: Locale = 'en') =>
    (look: Look): Promise<unknown> =>
      page.getByLabel(say(locale, `${namespace}look.label`)).selectOption(look);

  /** Chooses a look as the operating system does, where the page follows it. */
  const bySystem =
    (page: Page) =>
    (look: Look): Promise<unknown> =>
      page.emulateMedia({
        colorScheme: look === 'dark' ? 'dark' : 'light',
        contrast: look === 'contrast' ? 'more' : 'no-preference',
      });

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
      await lookAt(page, 'browser-executive', bySwitch(page));
      await page.getByRole('link', { name: say('en', 'pair.open') }).click();
      await page.getByText(say('en', 'guide.agenda')).waitFor();
      await lookAt(page, 'browser-guide', bySwitch(page));
      await page.reload();
      await page.getByText(say('en', 'guide.agenda')).waitFor();
    });
  });

  it('signs an administrator in and shows the program, without what nobody may see', async () => {
    await at(`${company.both.origin}/tab`, async (page) => {
      await chooseOnSignInPage(page, company.administrator);
      await page.getByRole('heading', { name: say('en', 'program:pairs'), exact: true }).waitFor();
      await page.getByText(company.mentor.displayName).first().waitFor();
      await lookAt(page, 'browser-administrator', bySwitch(page));
    });
  });

  it('shows an administrator what was published of answers', async () => {
    await publishSome(company);
    await at(`${company.both.origin}/tab`, async (page) => {
      await chooseOnSignInPage(page, company.administrator);
      await page.getByRole('heading', { name: say('en', 'program:said.title') }).waitFor();
      await page.getByText(say('en', 'program:said.by.department')).waitFor();
      await page.getByText(say('en', 'program:said.earlier')).click();
      await lookAt(page, 'browser-published', bySwitch(page));
    });
  });

  it('signs a mentor in, who gives feedback on the page', async () => {
    const { person, locale, sessionId } = company.asked;
    await at(`${company.both.origin}/tab#/sessions/${sessionId}`, async (page) => {
      await chooseOnSignInPage(page, person);
      await page.getByText(say(locale, 'feedback.tookPlace')).waitFor();
      await page.getByRole('radio', { name: say(locale, 'feedback.yes'), exact: true }).check();
      await page.getByText(say(locale, 'feedback.usefulness')).waitFor();
      await lookAt(page, 'browser-mentor', bySwitch(page, '', locale));
      await page.getByRole('radio', { name: new RegExp(say(locale, 'feedback.usefulnessLevels.5')) }).check();
      await page.getByRole('button', { name: say(locale, 'feedback.send') }).click();
      await page.getByText(say(locale, 'feedback.thanks')).waitFor();
      const home = await homeOf(company.both, person);
      const sessions = home.pairs.flatMap((pair) => pair.sessions);
      expect(sessions.find((each) => each.sessionId === sessionId)).toMatchObject({ feedback: 'answered' });
    });
  });

  it('signs an executive in from the pane by a window and lists the next sessions', async () => {
    const { executive, mentor } = company;
    const inPane = async (page: Page): Promise<void> => {
      const [popup] = await Promise.all([
        page.context().waitForEvent('page'),
        page.getByRole('button', { name: say('en', 'signIn.button') }).click(),
      ]);
      await popup.getByRole('button', { name: executive.displayName }).first().click();
      await page.getByRole('heading', { name: say('en', 'pane.list') }).waitFor();
      await lookAt(page, 'pane-list', bySystem(page));
      await page.getByRole('listitem').filter({ hasText: mentor.displayName }).first().getByRole('button').click();
      await page.getByRole('heading', { name: say('en', 'pane.brief') }).waitFor();
      await page.getByText(say('en', 'guide.agenda')).waitFor();
      await lookAt(page, 'pane-session', bySystem(page));
      await page.getByRole('button', { name: say('en', 'app.back') }).click();
      await page.getByRole('heading', { name: say('en', 'pane.list') }).waitFor();
    };
    await at(`${company.both.origin}/taskpane`, inPane, { width: 400 });
  });

  for (const locale of LOCALES) {
    it(`fits the narrowest window in the language ${locale}`, async () => {
      const person = await findPaired(company, locale);
      await at(`${company.both.origin}/tab`, async (page) => {
        await chooseOnSignInPage(page, person);
        await page.getByText(say(locale, 'pair.next')).waitFor();
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await findOverflow(page, `browser-home-${locale}`)).toEqual([]);
        await page.getByRole('link', { name: say(locale, 'pair.open') }).click();
        await page.getByRole('heading', { name: say(locale, 'guide.agenda'), exact: true }).waitFor();
        expect(await findOverflow(page, `browser-session-${locale}`)).toEqual([]);
        await page.goto(`${company.both.origin}/tab#/my-data`);
        await page.locator('summary').click();
        expect(await findOverflow(page, `browser-my-data-${locale}`)).toEqual([]);
      });
    });
  }

  it('shows a stranger a kind page in the language of the browser', async () => {
    const { world } = company.both.sandbox;
    const { administrators, executives, volunteers, programMailboxId } = companyRoles(world);
    const known = new Set([...administrators, ...executives, ...volunteers, programMailboxId]);
    const above = (id: string | null): string[] =>
      id === null ? [] : [id, ...above(world.people.get(id)?.managerId ?? null)];
    // Neither in the program nor above somebody in it: the product has never read them.
    const kept = new Set([...known].flatMap(above));
    const stranger = [...world.people.values()].find(({ id, accountEnabled }) => accountEnabled && !kept.has(id))!;
    await at(
      `${company.both.origin}/tab`,
      async (page) => {
        await chooseOnSignInPage(page, stranger);
        await page.getByText(say('it', 'home.strangerTitle')).waitFor();
        expect(await findBarriers(page)).toEqual([]);
        await takePicture(page, 'browser-stranger');
      },
      { language: 'it-IT' },
    );
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
      await lookAt(page, 'sandbox-week', bySwitch(page, 'sandbox:'));
      await open('mail');
      await page.getByRole('heading', { name: say('en', 'sandbox:mail.title', { name }) }).waitFor();
      await lookAt(page, 'sandbox-mail', bySwitch(page, 'sandbox:'));

      // Executives are asked in the next free gap of their day.
      const isAsked = (): boolean =>
        JSON.stringify(both.sandbox.world.chats.of(executive.id)?.activities).includes('feedback.submit');
      for (let quarters = 0; quarters < 24 * 4 && !isAsked(); quarters++) {
        const moved = page.waitForResponse((response) => response.url().endsWith('/clock/advance'));
        await page.getByRole('button', { name: say('en', 'sandbox:clock.minutes15') }).click();
        expect((await moved).ok()).toBe(true);
      }
      await open('chat');
      await page.getByRole('heading', { name: say('en', 'sandbox:chat.title', { name }) }).waitFor();
      const button = page.getByRole('button', { name: cards.feedback.scale[5] });
      await button.waitFor();
      await lookAt(page, 'sandbox-chat', bySwitch(page, 'sandbox:'));
      await button.click();
      await page.getByText(cards.thanks.held).waitFor();
      expect(await button.count()).toBe(0);
      const sessions = (await homeOf(both, executive)).pairs.flatMap((pair) => pair.sessions);
      expect(sessions.map(({ feedback }) => feedback)).toContain('answered');
    });
  });

  it('asks the pulse, and shows three ways to who feels hardly safe to speak', async () => {
    const { person, locale, sessionId } = company.asked;
    await makePulse(company, sessionId);
    await at(`${company.both.origin}/tab#/sessions/${sessionId}`, async (page) => {
      await chooseOnSignInPage(page, person);
      await page.getByText(say(locale, 'pulse.rightMatch')).waitFor();
      await page.getByRole('radio', { name: say(locale, 'pulse.rightMatches.unsure') }).check();
      await page.getByRole('radio', { name: say(locale, 'pulse.safeLevels.1') }).check();
      await page.getByRole('button', { name: say(locale, 'feedback.change') }).click();
      await page.getByRole('heading', { name: say(locale, 'ways.heading') }).waitFor();
      await page.getByRole('button', { name: say(locale, 'ways.leave'), exact: true }).click();
      await lookAt(page, 'browser-ways', bySwitch(page, '', locale));
      const { world } = company.both.sandbox;
      const ombudsperson = world.people.get(companyRoles(world).ombudspersonId)!;
      const { displayName: name } = ombudsperson;
      await page.getByRole('button', { name: say(locale, 'ways.contact', { name }) }).click();
      await page.getByText(say(locale, 'contact.asked', { name })).waitFor();
      expect((await homeOf(company.both, ombudsperson)).contactRequests).toHaveLength(1);
    });
  });

  it('gives somebody a copy of their data, and erases them once they have said so twice', async () => {
    const person = await findPaired(company, 'it');
    const text = (key: string): string => say('it', key);
    await at(`${company.both.origin}/tab`, async (page) => {
      await chooseOnSignInPage(page, person);
      await page.getByRole('link', { name: text('home.myData') }).click();
      await page.getByRole('heading', { name: text('myData:title'), exact: true }).waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: text('myData:download') }).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/^inverso-\d{4}-\d\d-\d\d\.json$/);
      const copy = ownDataReply.parse(JSON.parse(await readFile(await file.path(), 'utf8')));
      expect(copy.person).toMatchObject({ personId: person.id, displayName: person.displayName });
      expect(copy.pairs.flatMap(({ sessions }) => sessions)).not.toEqual([]);
      await page.getByText(text('myData:show')).click();
      await page.getByText(person.mail).waitFor();
      await lookAt(page, 'browser-my-data', bySwitch(page, '', 'it'));

      // By keyboard: the way back first, then for good.
      const open = page.getByRole('button', { name: text('myData:erasure.open') });
      await open.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog', { name: text('myData:erasure.question') }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, 'browser-erasure');
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      await expect.poll(() => open.evaluate((button) => button === document.activeElement)).toBe(true);
      expect((await homeOf(company.both, person)).pairs).not.toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: text('myData:erasure.keep') }).press('Tab');
      await page.keyboard.press('Enter');
      const done = page.getByText(text('myData:erasure.done'));
      await done.waitFor();
      await expect.poll(() => done.evaluate((line) => line.closest(':focus') !== null)).toBe(true);
      // The dialog hides the page until it is quite gone.
      await page.locator('#root[aria-hidden]').waitFor({ state: 'detached' });
      expect(await findBarriers(page)).toEqual([]);
    });
    await company.clock.advanceTo(company.clock.now() + 24 * 3_600_000);
    expect((await homeOf(company.both, person)).pairs).toEqual([]);
    const left = ownDataReply.parse(await askAs(company.both, person.id, 'GET', '/api/me/export'));
    expect(left).toMatchObject({ person: null, participations: [], pairs: [], feedback: [] });
    expect(left.erasure?.doneAt).not.toBeNull();
  });
});
