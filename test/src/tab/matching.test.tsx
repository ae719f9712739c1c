import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MatchingReply } from '../../../server/contract/matching-review.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import { layOutGraph } from '../../../src/tab/matching/lay-out-graph.ts';
import { namePairs, selectPairs } from '../../../src/tab/matching/select-pairs.ts';
import { changesForMentor } from '../../../src/tab/matching/wish-changes.ts';
import { makeHost } from '../make/make-host.ts';
import { DONE, stubApi } from '../make/stub-api.ts';
import { id, me, overview } from '../make/views.ts';

const base = `/api/admin/cohorts/${id(60)}`;
const people = (side: 'mentee' | 'mentor', names: readonly string[]) =>
  names.map((displayName, n) => ({ personId: id((side === 'mentee' ? 1000 : 2000) + n), displayName, free: 0 }));
const MENTEES = ['Elio Executive', 'Ugo Chief'];
const MENTORS = ['Mia Mentor', 'Noor Mentor'];

const review = (part: Partial<MatchingReply> = {}): MatchingReply => ({
  run: { at: '2026-10-05T07:00:00Z', isStale: false, blockingPairs: 0 },
  mentees: people('mentee', MENTEES),
  mentors: people('mentor', MENTORS),
  pairs: MENTEES.map((_name, n) => ({
    pairId: id(50 + n),
    menteeId: id(1000 + n),
    mentorId: id(2000 + n),
    state: 'proposed' as const,
    fit: n === 0 ? 40 : 80,
    reasons: ['Covers all goals: short video.'],
    isPinned: false,
  })),
  unmatched: [],
  calls: [],
  blocking: [],
  wishes: [],
  ...part,
});
const wish = (mentee: number, mentor: number, what: 'pinned' | 'forbidden' | null) => ({
  menteeId: id(1000 + mentee),
  mentorId: id(2000 + mentor),
  wish: what,
});

function open(routes: Record<string, unknown>) {
  const sent = stubApi({
    'GET /api/me': me({ roles: ['administrator'] }),
    'GET /api/admin/overview': overview(),
    [`GET ${base}/matching`]: review(),
    ...routes,
  });
  window.location.hash = '#/program/matching';
  render(<App host={makeHost()} />);
  return sent;
}
/** Without a layout the keeper of focus may miss that the first dialog of a file has it; a button of it tells. */
async function findDialog(): Promise<HTMLElement> {
  const dialog = await screen.findByRole('dialog', { hidden: true });
  within(dialog).getAllByRole('button', { hidden: true })[0]?.focus();
  return screen.findByRole('dialog');
}
const press = (name: string | RegExp): Promise<void> => userEvent.click(screen.getByRole('button', { name }));

beforeEach(async () => {
  await showLocale('en');
  return () => {
    window.location.hash = '';
  };
});

describe('the matching page', () => {
  it('lists the worst pair first, finds by name and shows who is with whom', async () => {
    open({});
    const table = await screen.findByRole('table', { name: 'Pairs' });
    const rows = () =>
      within(table)
        .getAllByRole('rowheader')
        .map(({ textContent }) => textContent);
    expect(rows()).toEqual(['Elio Executivewith Mia Mentor', 'Ugo Chiefwith Noor Mentor']);
    expect(within(table).getByText('Fits fairly')).toBeTruthy();
    expect(within(table).getAllByText('Covers all goals: short video.')).toHaveLength(2);
    await userEvent.selectOptions(screen.getByLabelText('Order'), 'Best fit first');
    expect(rows()[0]).toBe('Ugo Chiefwith Noor Mentor');
    await userEvent.type(screen.getByLabelText('Find by name'), 'mia');
    await waitFor(() => expect(rows()).toEqual(['Elio Executivewith Mia Mentor']));
    await userEvent.clear(screen.getByLabelText('Find by name'));
    await userEvent.selectOptions(screen.getByLabelText('View'), 'Picture');
    await userEvent.click(await screen.findByRole('button', { name: /^Noor Mentor, with Ugo Chief/ }));
    expect(screen.getByLabelText<HTMLInputElement>('Find by name').value).toBe('Noor Mentor');
  });

  it('says the price of a pin before it is done, and takes it back', async () => {
    const sent = open({
      [`POST ${base}/wishes/price`]: { outcome: 'price', sentences: ['One goal fewer is covered.'] },
      [`POST ${base}/wishes`]: { outcome: 'changed', undo: [wish(0, 0, null)] },
    });
    await screen.findByRole('table', { name: 'Pairs' });
    await press('Pin Elio Executive and Mia Mentor');
    const dialog = await findDialog();
    await within(dialog).findByText('One goal fewer is covered.');
    const posts = () => sent.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body]);
    expect(posts()).toEqual([[`${base}/wishes/price`, { changes: [wish(0, 0, 'pinned')] }]]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Pin' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
    expect(posts().slice(1)).toEqual([
      [`${base}/wishes`, { changes: [wish(0, 0, 'pinned')] }],
      [`${base}/wishes`, { changes: [wish(0, 0, null)] }],
    ]);
  });

  it('swaps two mentors, and names the rule that stands in the way', async () => {
    const sent = open({
      [`POST ${base}/wishes/price`]: { outcome: 'refused', text: 'The mentor is in this person’s reporting line.' },
    });
    await screen.findByRole('table', { name: 'Pairs' });
    await press('Other mentor for Elio Executive instead of Mia Mentor');
    const dialog = await findDialog();
    await userEvent.selectOptions(within(dialog).getByLabelText('Mentor'), 'Noor Mentor');
    await userEvent.click(await within(dialog).findByRole('radio', { name: 'Swap: Ugo Chief gets Mia Mentor' }));
    await within(dialog).findByText('The mentor is in this person’s reporting line.');
    expect(sent.at(-1)?.body).toEqual({ changes: [wish(0, 1, 'pinned'), wish(1, 0, 'pinned')] });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Set this mentor' }));
    expect(sent.some(({ path }) => path === `${base}/wishes`)).toBe(false);
  });

  it('shows who has nobody, what to call for, who would prefer each other, and the wishes', async () => {
    open({
      [`GET ${base}/matching`]: review({
        run: { at: '2026-10-05T07:00:00Z', isStale: true, blockingPairs: 1 },
        unmatched: [{ personId: id(1005), displayName: 'Luca Ferrari', reasons: ['Nobody offers this.'] }],
        calls: [{ topic: 'short-video', people: 1 }],
        blocking: [{ menteeId: id(1000), mentorId: id(2001) }],
        wishes: [
          {
            ...wish(1, 0, 'forbidden'),
            wish: 'forbidden',
            menteeName: 'Ugo Chief',
            mentorName: 'Mia Mentor',
            problem: null,
          },
        ],
      }),
    });
    expect(await screen.findByText('Nobody offers this.')).toBeTruthy();
    expect(screen.getByText(/Something has changed since/)).toBeTruthy();
    expect(within(screen.getByRole('region', { name: /^Topics to call for/ })).getByText(/Short video/)).toBeTruthy();
    expect(screen.getByText('Elio Executive and Noor Mentor')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Take back the wish about Ugo Chief and Mia Mentor' })).toBeTruthy();
  });

  it('asks the mentors only behind a dry run that names them', async () => {
    const sent = open({
      [`GET ${base}/publish-preview`]: {
        mentors: [{ displayName: 'Mia Mentor', locale: 'uk', mentees: ['Elio Executive'], isReachable: false }],
      },
      [`POST ${base}/publish`]: DONE,
    });
    await screen.findByRole('table', { name: 'Pairs' });
    await press('See who is asked …');
    const dialog = await screen.findByRole('alertdialog');
    await within(dialog).findByText('About Elio Executive · Ukrainian');
    expect(within(dialog).getByText(/Has no chat with the app yet/)).toBeTruthy();
    expect(sent.every(({ method }) => method === 'GET')).toBe(true);
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Ask 1 mentor' }));
    await waitFor(() => expect(sent.some(({ path }) => path === `${base}/publish`)).toBe(true));
  });

  it('follows a matching, and looks for it when the line breaks', async () => {
    let runs = 0;
    open({
      [`GET ${base}/matching`]: () => ({
        body: review({ run: { at: `2026-10-05T0${7 + runs}:00:00Z`, isStale: false, blockingPairs: 0 } }),
      }),
      [`POST ${base}/match/stream`]: () => {
        runs++;
        return { body: { kind: 'phase', phase: 'matching' } };
      },
    });
    await screen.findByRole('table', { name: 'Pairs' });
    await press('Match again');
    await screen.findByText('Looking for the best pairs for everybody …');
    await screen.findByText(/Made on Mon, Oct 5, 10:00/);
    await waitFor(() => expect(screen.queryByText('Looking for the best pairs for everybody …')).toBeNull());
    vi.unstubAllGlobals();
  });
});

describe('pairs on the page', () => {
  const pairs = namePairs(review());

  it('are found by words of either name', () => {
    expect(selectPairs(pairs, 'chief noor', 'worst')).toHaveLength(1);
    expect(selectPairs(pairs, 'chief mia', 'worst')).toHaveLength(0);
  });

  it('leave a pin that a swap replaces', () => {
    const [first, second] = pairs;
    const plan = {
      kind: 'other' as const,
      menteeId: id(1000),
      menteeName: 'Elio',
      current: { ...first!, isPinned: true },
    };
    expect(changesForMentor(plan, id(2001), second!)).toEqual([
      wish(0, 1, 'pinned'),
      wish(0, 0, null),
      wish(1, 0, 'pinned'),
    ]);
  });

  it('stand in a picture with a mentor between their mentees', () => {
    const both = [pairs[0]!, { ...pairs[1]!, pairId: id(9) }, { ...pairs[0]!, pairId: id(8), menteeId: id(1009) }];
    const { mentees, mentors, lines } = layOutGraph(both);
    expect(mentees.map(({ place }) => place)).toEqual([0, 1, 2]);
    expect(mentors.map(({ name }) => name)).toEqual(['Mia Mentor', 'Noor Mentor']);
    expect(lines.map(({ from, to }) => [from, to])).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
    ]);
  });
});
