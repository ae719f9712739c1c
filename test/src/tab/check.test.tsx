import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { FindingReply } from '../../../server/contract/check.ts';
import { LOCALES } from '../../../server/contract/vocabulary.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import { makeHost } from '../make/make-host.ts';
import { refusal, stubApi } from '../make/stub-api.ts';
import { me, NOW, overview } from '../make/views.ts';

beforeEach(() => showLocale('en'));

const OK: FindingReply = { name: 'database', state: 'ok', found: 'schema up to date', todo: null };
const WRONG: FindingReply = { name: 'clock', state: 'problem', found: 'ten minutes off', todo: 'Set it by NTP.' };
const SKIPPED: FindingReply = { name: 'groups', state: 'skipped', found: 'there is no token', todo: null };
const reply = (findings: FindingReply[]) => ({ checkedAt: NOW, findings });
const admin = me({ roles: ['administrator'] });

/** Opens the page from the program's page, where it is linked. */
async function openCheck(answer: unknown) {
  const sent = stubApi({
    'GET /api/me': admin,
    'GET /api/admin/overview': overview(),
    'POST /api/admin/check': answer,
  });
  render(<App host={makeHost()} />);
  await userEvent.click(await screen.findByRole('link', { name: 'Check of the installation' }));
  await screen.findByRole('heading', { name: 'Check of the installation', level: 1 });
  return sent;
}

it('shows first what has to be done, each with its cure, and looks again when it is asked to', async () => {
  let findings = [OK, SKIPPED, WRONG];
  const sent = await openCheck(() => ({ body: reply(findings) }));
  expect(await screen.findByRole('heading', { name: '1 thing needs you' })).toBeTruthy();
  const titles = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
  expect(titles).toEqual(['1 thing needs you', 'To do', 'Could not be looked at', 'In order']);
  const todo = within(screen.getByRole('list', { name: 'To do' }));
  for (const text of ['clock', 'ten minutes off', 'Set it by NTP.']) expect(todo.getByText(text)).toBeTruthy();
  expect(within(screen.getByRole('list', { name: 'In order' })).getByText('database')).toBeTruthy();

  findings = [OK];
  await userEvent.click(screen.getByRole('button', { name: 'Look again' }));
  expect(await screen.findByRole('heading', { name: 'Everything is in order' })).toBeTruthy();
  expect(screen.queryByRole('list', { name: 'To do' })).toBeNull();
  expect(sent.filter(({ path }) => path === '/api/admin/check')).toHaveLength(2);
});

it('says what to do when it could not look, and tries again', async () => {
  let fails = true;
  await openCheck((request: never) => (fails ? refusal(503, 'unavailable')(request) : { body: reply([OK]) }));
  expect(await screen.findByRole('alert')).toBeTruthy();
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Everything is in order' })).toBeTruthy();
});

it.each(LOCALES)('is written in %s', async (locale) => {
  await showLocale(locale);
  location.hash = '#/check';
  stubApi({ 'GET /api/me': admin, 'POST /api/admin/check': reply([WRONG, WRONG]) });
  render(<App host={makeHost({ locale })} />);
  const heading = await screen.findByRole('heading', { level: 2, name: /2/ });
  expect(heading.textContent).not.toMatch(/[{_]/);
});
