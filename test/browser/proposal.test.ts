import type { Browser, FrameLocator, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeOf, startCompany, type Company } from './company.ts';
import { openOutlook } from './hosts/open-outlook.ts';
import { openTeams, type Opened } from './hosts/open-teams.ts';
import { findBarriers, takePicture } from './look-at.ts';
import { hasChromium, openBrowser } from './open-browser.ts';
import { openProposal, stateOfProposal, type OpenProposal } from './open-proposal.ts';
import { say } from './words.ts';
import type { SandboxPerson } from '../../server/sandbox/world.ts';

describe.skipIf(!hasChromium)('one gesture', () => {
  let company: Company;
  let browser: Browser;
  let open: OpenProposal;
  beforeAll(async () => {
    [company, browser] = await Promise.all([startCompany(), openBrowser()]);
    open = await openProposal(company);
  });
  afterAll(async () => {
    await browser?.close();
    await company?.close();
  });

  async function inTeams(person: SandboxPerson, act: (tab: FrameLocator, opened: Opened) => Promise<void>) {
    const opened = await openTeams(browser, company, person, {});
    try {
      await act(opened.page.frameLocator('iframe'), opened);
      expect(await findBarriers(opened.page)).toEqual([]);
      expect(opened.faults).toEqual([]);
    } finally {
      await opened.context.close();
    }
  }
  const button = (within: FrameLocator | Locator, locale: string, key: string): Locator =>
    within.getByRole('button', { name: say(locale, key), exact: true });

  it('the executive asks their assistant from the tab, who is named on the way', async () => {
    const { executive, locale, mentor, colleague } = open;
    await inTeams(executive, async (tab, { page }) => {
      const title = say(locale, 'proposal.title', { name: mentor.displayName });
      const ask = tab.getByRole('region', { name: title });
      await ask.waitFor();
      await takePicture(page, 'proposal-tab');
      await button(ask, locale, 'proposal.askAssistant').click();
      await ask.getByRole('textbox', { name: say(locale, 'assistants.address') }).fill(colleague.mail);
      expect(await findBarriers(page)).toEqual([]);
      await ask.getByRole('textbox').scrollIntoViewIfNeeded();
      await takePicture(page, 'proposal-address');
      await button(ask, locale, 'assistants.ask').click();
      await tab.getByText(say(locale, 'proposal.done.askAssistant')).waitFor();
      await tab
        .getByRole('group', { name: say(locale, 'assistants.list') })
        .getByText(colleague.displayName)
        .waitFor();
      await tab.getByRole('group', { name: say(locale, 'assistants.list') }).scrollIntoViewIfNeeded();
      await takePicture(page, 'assistants-tab');
    });
    expect(await stateOfProposal(company)).toBe('menteeAsked');
  });

  it('the assistant takes a time in the Outlook pane, and sees the times in the tab', async () => {
    const { executive, mentor, colleague } = open;
    const item = {
      kind: 'appointmentRead' as const,
      subject: 'Board',
      organizer: { name: executive.displayName, address: executive.mail },
      start: company.nextSession.start,
      end: company.nextSession.end,
    };
    const opened = await openOutlook(browser, company, colleague, item);
    try {
      const pane = opened.page.frameLocator('iframe');
      const [popup] = await Promise.all([
        opened.context.waitForEvent('page'),
        button(pane, 'en', 'signIn.button').click(),
      ]);
      await popup.getByRole('button', { name: colleague.displayName }).first().click();
      const title = say('en', 'assistantAsk.title', { executive: executive.displayName });
      const ask = pane.getByRole('region', { name: title });
      await ask.waitFor();
      expect(await findBarriers(opened.page)).toEqual([]);
      await takePicture(opened.page, 'proposal-pane');
      await ask.getByRole('radio').last().check();
      await button(ask, 'en', 'assistantAsk.accept').click();
      await pane.getByText(say('en', 'assistantAsk.done.agree')).waitFor();
      expect(opened.faults).toEqual([]);
    } finally {
      await opened.context.close();
    }
    expect(await stateOfProposal(company)).toMatch(/^(agreed|booked)$/);
    expect((await homeOf(company.both, executive)).asks).toEqual([]);
    await inTeams(colleague, async (tab, { page }) => {
      const names = { executive: executive.displayName, partner: mentor.displayName };
      await tab.getByRole('heading', { name: say('en', 'assisting.pair', names) }).waitFor();
      await tab
        .getByText(say('en', 'assisting.agreed', names))
        .first()
        .waitFor();
      await takePicture(page, 'assisting-tab');
    });
  });
});
