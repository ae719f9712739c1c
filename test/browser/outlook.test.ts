import type { Browser, FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCompany, type Company } from './company.ts';
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

  const sessionItem = (kind: Item['kind']): Item => ({
    kind,
    subject: 'Reverse mentoring',
    organizer: { name: 'Inverso', address: company.both.sandbox.programMailbox },
    start: company.nextSession.start,
    end: company.nextSession.end,
  });

  /** Signs the executive in from the pane, by the pop-up that it opens. */
  async function signIn(context: Opened['context'], pane: FrameLocator | Opened['page']): Promise<void> {
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      pane.getByRole('button', { name: say('en', 'signIn.button') }).click(),
    ]);
    await popup.getByRole('button', { name: company.executive.displayName }).first().click();
  }

  async function beside(item: Item, act: (pane: FrameLocator, opened: Opened) => Promise<void>): Promise<void> {
    const opened = await openOutlook(browser, company, company.executive, item);
    try {
      const pane = opened.page.frameLocator('iframe');
      await signIn(opened.context, pane);
      await act(pane, opened);
      expect(await opened.page.evaluate('heard')).toContain('GetInitialData');
      expect(opened.faults).toEqual([]);
    } finally {
      await opened.context.close();
    }
  }

  it('shows the brief of the session beside its meeting', async () => {
    await beside(sessionItem('appointmentRead'), async (pane, { page }) => {
      await pane.getByRole('heading', { name: say('en', 'pane.brief') }).waitFor();
      await pane.getByText(say('en', 'session.withName', { name: company.mentor.displayName })).waitFor();
      const { number, of } = company.nextSession;
      await pane.getByText(say('en', 'session.numberOf', { number, of })).waitFor();
      await pane.getByText(say('en', 'guide.agenda')).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, 'outlook-session');
    });
  });

  it('shows it beside the invitation in the mail, too', async () => {
    await beside(sessionItem('message'), async (pane, { page }) => {
      await pane.getByRole('heading', { name: say('en', 'pane.brief') }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, 'outlook-invitation');
    });
  });

  it('says of other meetings that they are none of ours', async () => {
    const organizer = { name: company.mentor.displayName, address: company.mentor.mail };
    await beside({ ...sessionItem('appointmentRead'), organizer }, async (pane, { page }) => {
      await pane.getByRole('heading', { name: say('en', 'pane.notOursTitle') }).waitFor();
      await pane.getByText(company.mentor.displayName).first().waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, 'outlook-other-meeting');
    });
  });

  for (const office of ['with office.js but no Outlook around it', 'without office.js']) {
    it(`signs in as a browser and lists the next sessions ${office}`, async () => {
      const context = await browser.newContext({ viewport: { width: 400, height: 800 } });
      const faults = watchPages(context);
      const hosts = office.startsWith('without') ? {} : OFFICE_HOSTS;
      const cutOff = await routePages(context, company, hosts);
      const page = await context.newPage();
      await page.goto(`${company.both.origin}/taskpane`);
      await signIn(context, page);
      await page.getByRole('heading', { name: say('en', 'pane.list') }).waitFor();
      await page.getByText(company.mentor.displayName).first().click();
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
