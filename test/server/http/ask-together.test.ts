import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askTogether } from '../../../server/http/ask-together.ts';

test('nobody is answered by a question that was asked before they came, and few questions answer many', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ at: fc.nat(20), key: fc.constantFrom('a', 'b') }), { maxLength: 40 }),
      fc.array(fc.record({ turns: fc.integer({ min: 1, max: 6 }), fails: fc.boolean() }), { minLength: 1 }),
      async (callers, questions) => {
        let now = 0;
        let asked = 0;
        const open: { until: number; end: () => void }[] = [];
        const ask = askTogether(
          (key: string) =>
            new Promise<{ key: string; at: number }>((resolve, reject) => {
              const { turns, fails } = questions[asked++ % questions.length]!;
              const answer = { key, at: now };
              open.push({ until: now + turns, end: () => (fails ? reject(new Error(key)) : resolve(answer)) });
            }),
        );
        const answers: Promise<void>[] = [];
        for (; now <= 60; now++) {
          for (const { key } of callers.filter(({ at }) => at === now)) {
            const came = now;
            answers.push(
              ask(key).then(
                (answer) => {
                  expect(answer.key).toBe(key);
                  expect(answer.at).toBeGreaterThanOrEqual(came);
                },
                (error: Error) => expect(error.message).toBe(key),
              ),
            );
          }
          for (const one of open.filter(({ until }) => until === now)) one.end();
          await new Promise(setImmediate);
        }
        await Promise.all(answers);
        // One at once, and one for all the others of that moment.
        expect(asked).toBeLessThanOrEqual(2 * new Set(callers.map(({ at, key }) => `${at} ${key}`)).size);
      },
    ),
    { numRuns: 50 },
  );
});
