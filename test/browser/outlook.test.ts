import type { Browser, FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionView } from '../../server/contract/http.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';
import { homeOf, startCompany, type Company } from './company.ts';
import { OFFICE_HOSTS, openOutlook, type Item } from './hosts/open-outlook.ts';
import type { Opened } from './hosts/open-teams.ts';
import { findBarriers, takePicture } from './look-at.ts';
import { hasChromium, openBrowser } from './open-browser.ts';
import { routePages } from './route-pages.ts';
import { watchPages } from './watch-pages.ts';
import { say } from './words.ts';

describe.skipIf(!hasChromium)('the pane in Outlook', () => {
  let company: Company;
  let browser: Browser;
  beforeAll(async () => {
    [company, browser] = await Promise.all([startCompany(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await company?.close();
  });

  const ours = (kind: Item['kind'], { start, end }: Pick<SessionView, 'start' | 'end'>): Item => ({
    kind,
    subject: 'Reverse mentoring',
    organizer: { name: 'Inverso', address: company.both.sandbox.programMailbox },
    start,
    end,
  });

  /** Signs a person in from the pane, by the window that it opens. */
  async function signIn(
    context: Opened['context'],
    pane: FrameLocator | Opened['page'],
    person: SandboxPerson,
  ): Promise<void> {
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      pane.getByRole('button', { name: say('en', 'signIn.button') }).click(),
    ]);
    await popup.getByRole('button', { name: person.displayName }).first().click();
  }

  /** Opens the pane beside an item as a person, who is looked at for barriers at the end. */
  async function beside(
    person: SandboxPerson,
    item: Item,
    picture: string,
    act: (pane: FrameLocator) => Promise<void>,
  ): Promise<void> {
    const opened = await openOutlook(browser, company, person, item);
    try {
      const pane = opened.page.frameLocator('iframe');
      await signIn(opened.context, pane, person);
      await act(pane);
      expect(await findBarriers(opened.page)).toEqual([]);
      await takePicture(opened.page, picture);
      expect(await opened.page.evaluate('heard')).toContain('GetInitialData');
      expect(opened.faults).toEqual([]);
    } finally {
      await opened.context.close();
    }
  }

  it('shows the brief of the session beside its meeting', async () => {
    const { executive, mentor, nextSession } = company;
    await beside(executive, ours('appointmentRead', nextSession), 'outlook-session', async (pane) => {
      await pane.getByRole('heading', { name: say('en', 'pane.brief') }).waitFor();
      await pane.getByText(say('en', 'session.withName', { name: mentor.displayName }), { exact: true }).waitFor();
      const { number, of } = nextSession;
      await pane.getByText(say('en', 'session.numberOf', { number, of })).waitFor();
      await pane.getByText(say('en', 'guide.agenda')).waitFor();
    });
  });

  it('shows it beside the invitation in the mail, too, which belongs to no series', async () => {
    const { executive, nextSession } = company;
    await beside(executive, ours('invitation', nextSession), 'outlook-invitation', async (pane) => {
      await pane.getByRole('heading', { name: say('en', 'pane.brief') }).waitFor();
      const { number, of } = nextSession;
      await pane.getByText(say('en', 'session.numberOf', { number, of })).waitFor();
    });
  });

  it('says of other meetings that they are none of ours', async () => {
    const { executive, mentor, nextSession } = company;
    const organizer = { name: mentor.displayName, address: mentor.mail };
    const item = { ...ours('appointmentRead', nextSession), organizer };
    await beside(executive, item, 'outlook-other-meeting', async (pane) => {
      await pane.getByRole('heading', { name: say('en', 'pane.notOursTitle') }).waitFor();
      await pane.getByText(mentor.displayName).first().waitFor();
    });
  });

  it('asks for every value of a meeting that is open for writing', async () => {
    const { executive, nextSession } = company;
    await beside(executive, ours('appointmentCompose', nextSession), 'outlook-writing', async (pane) => {
      await pane.getByRole('heading', { name: say('en', 'pane.brief') }).waitFor();
      const { number, of } = nextSession;
      await pane.getByText(say('en', 'session.numberOf', { number, of })).waitFor();
    });
  });

  it('takes the feedback beside a meeting that is over', async () => {
    const { person, locale, sessionId } = company.asked;
    const sessionOf = async (): Promise<SessionView | undefined> =>
      (await homeOf(company.both, person)).pairs
        .flatMap(({ sessions }) => sessions)
        .find((session) => session.sessionId === sessionId);
    await beside(person, ours('appointmentRead', (await sessionOf())!), 'outlook-feedback', async (pane) => {
      await pane.getByRole('radio', { name: say(locale, 'feedback.yes'), exact: true }).check();
      await pane.getByRole('radio', { name: new RegExp(say(locale, 'feedback.usefulnessLevels.5')) }).check();
      await pane.getByRole('button', { name: say(locale, 'feedback.send') }).click();
      await pane.getByText(say(locale, 'feedback.thanks')).waitFor();
    });
    expect(await sessionOf()).toMatchObject({ feedback: 'answered', held: 'confirmed' });
  });

  for (const office of ['with office.js but no Outlook around it', 'without office.js']) {
    it(`signs in as a browser and lists the next sessions ${office}`, async () => {
      const context = await browser.newContext({ viewport: { width: 400, height: 800 }, reducedMotion: 'reduce' });
      const faults = watchPages(context);
      const hosts = office.startsWith('without') ? {} : OFFICE_HOSTS;
      const cutOff = await routePages(context, company, hosts);
      const page = await context.newPage();
      await page.goto(`${company.both.origin}/taskpane`);
      await signIn(context, page, company.executive);
      await page.getByRole('heading', { name: say('en', 'pane.list') }).waitFor();
      await page
        .getByRole('listitem')
        .filter({ hasText: company.mentor.displayName })
        .first()
        .getByRole('button')
        .click();
      await page.getByRole('heading', { name: say('en', 'pane.brief') }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, `pane-${office.split(' ')[0]}`);
      const isLibrary = (fault: string): boolean => fault.includes('https://appsforoffice.microsoft.com/');
      expect(faults.filter((fault) => !isLibrary(fault))).toEqual([]);
      expect([...cutOff].every((address) => address.startsWith('appsforoffice.microsoft.com/'))).toBe(true);
      await context.close();
    });
  }
});
