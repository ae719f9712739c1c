import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CalendarReply, RunningReply } from '../../../server/contract/running.ts';
import { showLocale } from '../../../src/locales/show-locale.ts';
import { App } from '../../../src/tab/App.tsx';
import { placeInWeeks, weeksOf } from '../../../src/tab/calendar/weeks.ts';
import { makeHost } from '../make/make-host.ts';
import { DONE, stubApi } from '../make/stub-api.ts';
import { id, me, NOW, overview } from '../make/views.ts';

const base = `/api/admin/cohorts/${id(60)}`;
const running = (part: Partial<RunningReply> = {}): RunningReply => ({
  now: NOW,
  risks: [],
  pairs: [{ pairId: id(50), mentorName: 'Mia Mentor', menteeName: 'Elio Executive' }],
  people: [{ personId: id(7), side: 'mentor', displayName: 'Nina New' }],
  log: [],
  ...part,
});
const calendar = (part: Partial<CalendarReply> = {}): CalendarReply => ({
  now: NOW,
  pairs: [
    {
      pairId: id(50),
      mentorName: 'Mia Mentor',
      menteeName: 'Elio Executive',
      stage: 'booked',
      state: 'booked',
      searches: 0,
      broken: { dates: 1, of: 6 },
      moved: 2,
      dates: ['2026-10-06T07:30:00Z', '2026-11-03T08:30:00Z'],
    },
    {
      pairId: id(51),
      mentorName: 'Noor Mentor',
      menteeName: 'Ugo Chief',
      stage: 'noSlot',
      state: 'noSlot',
      searches: 6,
      broken: null,
      moved: 0,
      dates: [],
    },
  ],
  unreadable: [],
  ...part,
});

function open(page: 'running' | 'calendar', routes: Record<string, unknown>) {
  const sent = stubApi({
    'GET /api/me': me({ roles: ['administrator'] }),
    'GET /api/admin/overview': overview(),
    [`GET ${base}/running`]: running(),
    [`GET ${base}/calendar`]: calendar(),
    [`GET ${base}/progress`]: { searching: 0, booking: 0, booked: 1 },
    [`GET ${base}/waiting`]: { waits: [{ code: 'matchYou', until: null }] },
    ...routes,
  });
  const host = makeHost();
  window.location.hash = `#/program/${page}`;
  render(<App host={host} />);
  return { sent, host };
}

// The page and its texts are loaded on demand.
beforeEach(async () => {
  await showLocale('en');
  return () => {
    window.location.hash = '';
  };
});

describe('the running page', () => {
  it('shows pairs at risk with the next step, as a button where there is one', async () => {
    const { sent, host } = open('running', {
      [`GET ${base}/running`]: running({
        risks: [
          {
            pairId: id(50),
            mentorName: 'Mia Mentor',
            menteeName: 'Elio Executive',
            alarms: ['silence'],
            mails: null,
            canRelease: true,
          },
          {
            pairId: id(51),
            mentorName: 'Noor Mentor',
            menteeName: 'Ugo Chief',
            alarms: ['longPause'],
            mails: ['ugo@contoso.example', 'noor@contoso.example'],
            canRelease: false,
          },
        ],
      }),
      [`POST /api/admin/pairs/${id(50)}/release`]: DONE,
    });
    const risks = await screen.findByRole('region', { name: 'Pairs at risk' });
    expect(
      within(risks)
        .getAllByRole('heading', { level: 3 })
        .map(({ textContent }) => textContent),
    ).toEqual(['Elio Executive and Mia Mentor', 'Ugo Chief and Noor Mentor']);
    expect(within(risks).getByText(/No session for one and a half intervals/)).toBeTruthy();
    await userEvent.click(within(risks).getByRole('button', { name: 'Write to Ugo Chief and Noor Mentor in Teams' }));
    expect(host.opened).toEqual([
      'https://teams.microsoft.com/l/chat/0/0?users=ugo%40contoso.example,noor%40contoso.example',
    ]);
    await userEvent.click(within(risks).getByRole('button', { name: /Elio Executive/ }));
    await waitFor(() => expect(sent.some(({ method }) => method === 'POST')).toBe(true));
  });

  it('says why nothing happened, of the cohort, a pair or a person', async () => {
    const { sent } = open('running', {
      [`GET ${base}/waiting`]: ({ path }: { path: string }) => ({
        body: {
          waits: path.includes('pairId')
            ? [{ code: 'mentorAnswer', until: '2026-10-12T08:00:00Z' }]
            : path.includes('personId')
              ? [{ code: 'training', until: null }]
              : [{ code: 'safeContact', until: null }],
        },
      }),
    });
    const why = await screen.findByRole('region', { name: 'Why did nothing happen?' });
    await within(why).findByText(/A safe contact is missing/);
    await userEvent.selectOptions(within(why).getByLabelText('About'), 'Elio Executive and Mia Mentor');
    await within(why).findByText(/has time to answer\. Until Mon, Oct 12, 10:00/);
    await userEvent.selectOptions(within(why).getByLabelText('About'), 'Nina New (mentor)');
    await within(why).findByText(/training is not finished/);
    expect(sent.at(-1)?.path).toBe(`${base}/waiting?personId=${id(7)}&side=mentor`);
  });

  it('filters the log', async () => {
    open('running', {
      [`GET ${base}/running`]: running({
        log: [
          { at: NOW, group: 'calendar', text: 'A series was booked.' },
          { at: NOW, group: 'people', text: 'People invited: 8.' },
        ],
      }),
    });
    await screen.findByText('A series was booked.');
    await userEvent.selectOptions(screen.getByLabelText('Show'), 'People');
    expect(screen.queryByText('A series was booked.')).toBeNull();
    expect(screen.getByText('People invited: 8.')).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText('Show'), 'Technical');
    expect(screen.getByText('Nothing of this kind has happened yet.')).toBeTruthy();
  });
});

describe('the calendar page', () => {
  it('shows what needs somebody first, with broken, moved and booked dates', async () => {
    open('calendar', { [`GET ${base}/calendar`]: calendar({ unreadable: ['Hanna Hidden'] }) });
    const table = await screen.findByRole('table', { name: 'Pairs' });
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Ugo ChiefNoor Mentor', 'Elio ExecutiveMia Mentor']);
    expect(within(table).getByText('Looked for 6 times so far')).toBeTruthy();
    expect(within(table).getByText('1 of 6 dates at another time')).toBeTruthy();
    expect(within(table).getByText('2 dates moved since')).toBeTruthy();
    expect(within(table).getByRole('img', { name: '2 dates: Tue, Oct 6; Tue, Nov 3' })).toBeTruthy();
    expect(screen.getByText(/Hanna Hidden/)).toBeTruthy();
  });

  it('counts in a dry run how many pairs would find a time', async () => {
    const { sent } = open('calendar', {
      [`POST ${base}/offering-preview`]: { pairs: 4, looked: 4, allDates: 3, someMoved: 0, none: 1, unreadable: 0 },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Try it' }));
    await screen.findByText('3 pairs have a time that is free on all dates.');
    expect(screen.getByText('1 pair finds no time.')).toBeTruthy();
    expect(screen.queryByText(/cannot be read/)).toBeNull();
    expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('follows what is under way and takes a broken line up again', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let tries = 0;
    const { sent } = open('calendar', {
      [`GET ${base}/progress`]: () => {
        tries++;
        return {
          body: tries === 1 ? { searching: 2, booking: 0, booked: 0 } : { searching: 0, booking: 0, booked: 2 },
        };
      },
    });
    await screen.findByText(/Looking for times for 2 pairs/);
    await vi.advanceTimersByTimeAsync(5_000);
    await waitFor(() => expect(screen.queryByText(/Looking for times/)).toBeNull());
    expect(tries).toBe(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent.filter(({ path }) => path === `${base}/progress`)).toHaveLength(2);
    vi.useRealTimers();
  });
});

describe('weeks', () => {
  it('reach from the first to the last date', () => {
    const weeks = weeksOf([{ dates: ['2026-10-06T07:30:00Z'] }, { dates: ['2026-11-03T07:30:00Z'] }]);
    expect(weeks).toMatchObject({ count: 4 });
    expect(placeInWeeks('2026-10-20T07:30:00Z', weeks!)).toBe(0.5);
    expect(weeksOf([{ dates: [] }])).toBeNull();
  });
});
