import { Agent, get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/*
 * A thread that asks for one address at a fixed pace, counts from 'count' on, and at 'stop' sends how long each answer took.
 * Times run from when the question was due, so that a server that stands still is not asked less often for it.
 */
const { url, everyMilliseconds } = workerData as { url: string; everyMilliseconds: number };
const agent = new Agent({ keepAlive: true });
const milliseconds: number[] = [];
let refused = 0;
let countsFrom = Infinity;
let isOver = false;
parentPort!.on('message', (message: 'count' | 'stop') => {
  if (message === 'count') countsFrom = performance.now();
  else isOver = true;
});

const ask = (dueAt: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (isGood: boolean): void => {
      if (dueAt >= countsFrom) {
        milliseconds.push(performance.now() - dueAt);
        if (!isGood) refused++;
      }
      resolve();
    };
    get(url, { agent }, (response) => {
      response.resume().on('end', () => done(response.statusCode === 200));
    }).on('error', () => done(false));
  });

const asked: Promise<void>[] = [];
for (let dueAt = performance.now(); !isOver; dueAt += everyMilliseconds) {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
  asked.push(ask(dueAt));
}
await Promise.all(asked);
agent.destroy();
parentPort!.postMessage({ milliseconds, refused });
parentPort!.close();
