import { startWorker } from '../../server/threads/start-worker.ts';
import type { Answers, Question } from './ask-steadily.ts';

export interface MeasuredAnswers {
  /** How long `work` took. */
  seconds: number;
  questions: number;
  refused: number;
  /** Milliseconds within which so large a part of the answers came (0..1). */
  at: (share: number) => number;
}

/** Does `work` while another thread asks the server at a fixed pace. */
export async function measureAnswers(question: Question, work: () => Promise<unknown>): Promise<MeasuredAnswers> {
  const asker = startWorker(new URL('./ask-steadily', import.meta.url).href, { workerData: question });
  await new Promise((resolve) => asker.once('online', resolve));
  // Connections are made and code is warm before it counts.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  asker.postMessage('count');
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  const answer = new Promise<Answers>((resolve) => asker.once('message', resolve));
  asker.postMessage('stop');
  const { milliseconds, refused } = await answer;
  await asker.terminate();
  const sorted = milliseconds.sort((a, b) => a - b);
  return {
    seconds,
    questions: sorted.length,
    refused,
    at: (share) => sorted[Math.ceil(share * sorted.length) - 1]!,
  };
}
