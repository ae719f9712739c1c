import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import type { OwnDataReply } from '../../../server/contract/own-data.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import { makeHost } from '../make/make-host.ts';
import { DONE, refusal, stubApi, type SentRequest } from '../make/stub-api.ts';
import { home, me, noData, NOW, ownData } from '../make/views.ts';

beforeEach(() => showLocale('en'));

/*
 * Fluent hides what is not the open dialog from screen readers, and without a layout it cannot always tell which is which:
 * that part is looked at in the browser's own test.
 */
const press = (name: string | RegExp): Promise<void> =>
  userEvent.click(screen.getByRole('button', { name, hidden: true }));
const question = (): Promise<HTMLElement> => screen.findByRole('alertdialog', { hidden: true });
/** Opens the page from where it is linked, with what the server keeps. */
async function openMyData(data: () => OwnDataReply, routes: Record<string, unknown> = {}): Promise<SentRequest[]> {
  const sent = stubApi({
    'GET /api/me': me(),
    'GET /api/home': home(),
    'GET /api/me/export': () => ({ body: data() }),
    ...routes,
  });
  render(<App host={makeHost()} />);
  await userEvent.click(await screen.findByRole('link', { name: 'My data' }));
  await screen.findByRole('heading', { name: 'My data', level: 1 });
  return sent;
}
const erasures = (sent: SentRequest[]): number => sent.filter(({ path }) => path === '/api/me/erasure').length;

it('shows all that is kept in words, and hands it over as the file that the server gave', async () => {
  await openMyData(ownData);
  await userEvent.click(screen.getByText('Show it here'));
  for (const text of [
    'marco@contoso.example',
    'Generative AI (use it with help)',
    'Mon 09:00–12:30, 13:30–18:00',
    'Very clear.',
    'Hanna Helper',
  ])
    expect(screen.getByText(text)).toBeTruthy();
  expect(
    within(screen.getByRole('list', { name: 'All sessions' })).getByText(/October 6, 2026.*Took place/),
  ).toBeTruthy();
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob);
    return 'blob:1';
  });
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await press('Download as a file (JSON)');
  expect(clicked).toHaveBeenCalledOnce();
  expect(JSON.parse(await files[0]!.text())).toEqual(ownData());
  expect(await screen.findByText('The file is being saved.')).toBeTruthy();
  vi.restoreAllMocks();
});

it('erases nobody who only looked at what would happen', async () => {
  const sent = await openMyData(ownData, { 'POST /api/me/erasure': DONE });
  await press('Leave and be erased');
  const asked = within(await question());
  expect(asked.getByText('Leave the program and have everything erased?')).toBeTruthy();
  expect(asked.getAllByRole('listitem', { hidden: true })).toHaveLength(5);
  await press('Keep everything');
  await waitFor(() => expect(screen.queryByRole('alertdialog', { hidden: true })).toBeNull());
  expect(erasures(sent)).toBe(0);
});

it('erases after the second button, once, says so, and keeps the question open when it did not work', async () => {
  let fails = true;
  let data = ownData();
  const sent = await openMyData(() => data, {
    'POST /api/me/erasure': () => {
      if (fails) return refusal(503, 'unavailable')({} as never);
      data = ownData({ erasure: { askedAt: NOW, doneAt: null } });
      return { body: DONE };
    },
  });
  await press('Leave and be erased');
  await question();
  await press('Leave and erase everything');
  expect(await screen.findByText(/cannot reach Microsoft 365/)).toBeTruthy();
  fails = false;
  await press('Leave and erase everything');
  const done = await screen.findByText(/You have left/);
  await waitFor(() => expect(document.activeElement).toBe(done.closest('[role=status]')));
  expect(screen.queryByRole('alertdialog', { hidden: true })).toBeNull();
  expect(erasures(sent)).toBe(2);
});

it('tells an administrator that this ends, too', async () => {
  await openMyData(ownData, { 'GET /api/me': me({ roles: ['mentee', 'administrator'] }) });
  await press('Leave and be erased');
  expect(await screen.findByText(/stop being an administrator/)).toBeTruthy();
});

it.each([
  [
    'while it is under way',
    ownData({ erasure: { askedAt: NOW, doneAt: null } }),
    /You asked for it on October 5, 2026/,
  ],
  ['when it is done', noData({ erasure: { askedAt: NOW, doneAt: NOW } }), /was erased on October 5, 2026/],
  ['when there is nothing', noData(), /Nothing is kept about you/],
])('offers no erasure %s', async (_when, data, text) => {
  await openMyData(() => data);
  expect(screen.getByText(text)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Leave and be erased', hidden: true })).toBeNull();
});
