import { describe, expect, it } from 'vitest';
import { errorOf, grantMailboxes, id, makeBench, MINUTE, type Answer, type Bench } from './make-graph.ts';

const setUp = (): Bench => {
  const bench = makeBench();
  grantMailboxes(bench.world, 'Calendars.ReadWrite', [id(2), id(3)]);
  return bench;
};
const events = (bench: Bench, n: number): Promise<Answer> => bench.ask('GET', `/v1.0/users/${id(n)}/events`);
const statuses = (answers: Answer[]): number[] => answers.map((each) => each.status);

describe('mailbox throttling', () => {
  it('lets four in at a time, whichever name the mailbox goes by, and no other mailbox waits', async () => {
    const bench = setUp();
    const asked = [events(bench, 2), events(bench, 2), events(bench, 2), events(bench, 2)];
    asked.push(bench.ask('GET', '/v1.0/users/person2@contoso.example/calendarView'), events(bench, 3));
    const answers = await Promise.all(asked);
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 429, 200]);
    expect(answers[4]!.json.error).toMatchObject({
      code: 'ApplicationThrottled',
      message: 'Application is over its MailboxConcurrency limit.',
    });
    expect(Number(answers[4]!.headers?.['Retry-After'])).toBeGreaterThanOrEqual(1);
    expect(bench.graph.counts().throttled).toBe(1);
    expect(statuses([await events(bench, 2)])).toEqual([200]);
  });

  it('takes 10,000 in ten minutes', async () => {
    const bench = setUp();
    for (let i = 0; i < 10_000; i += 4) {
      await Promise.all([events(bench, 2), events(bench, 2), events(bench, 2), events(bench, 2)]);
      if (i === 4_000) bench.world.clock.elapse(4 * MINUTE);
    }
    const over = await events(bench, 2);
    expect(errorOf(over)).toEqual([429, 'ApplicationThrottled']);
    expect(over.headers?.['Retry-After']).toBe('360');
    bench.world.clock.elapse(6 * MINUTE);
    expect((await events(bench, 2)).status).toBe(200);
  });
});
