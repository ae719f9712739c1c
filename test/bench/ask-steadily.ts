import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread asks, and what counts as a good answer. */
export interface Question {
  url: string;
  everyMilliseconds: number;
  /** JSON to be posted; a GET without it. */
  body?: string;
  good: number;
}

/** How long each answer took in milliseconds, and how many were not good. */
export interface Answers {
  milliseconds: number[];
  refused: number;
}

/*
 * A thread that asks one thing at a fixed pace, counts from 'count' on, and at 'stop' sends its Answers. Times run from when
 * the question was due, so that a server that stands still is not asked less often for it.
 */
const { url, everyMilliseconds, body, good } = workerData as Question;
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
    const options = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' } };
    request(url, { agent, ...options }, (response) => {
      response.resume().on('end', () => done(response.statusCode === good));
    })
      .on('error', () => done(false))
      .end(body);
  });

const asked: Promise<void>[] = [];
for (let dueAt = performance.now(); !isOver; dueAt += everyMilliseconds) {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
  asked.push(ask(dueAt));
}
await Promise.all(asked);
agent.destroy();
parentPort!.postMessage({ milliseconds, refused } satisfies Answers);
parentPort!.close();
