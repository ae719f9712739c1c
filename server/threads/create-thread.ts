import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker, WorkerOptions } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { Answer, Message } from './answer-call.ts';
import { createCollector, cutUp } from './slices.ts';
import { startWorker } from './start-worker.ts';

/** A function of ours that runs beside the event loop. */
export interface Thread<Input, Result> {
  /**
   * Gives the input to the function and resolves with what it returns; both are copied (structured clone), see slices.ts.
   * Calls run in the order of asking, one at a time. Rejects with what the function threw: errors of the language keep
   * their kind, and all errors their message and fields. Rejects with an Error when the thread dies, and with AppError
   * `unavailable` after `stop`.
   */
  run(input: Input): Promise<Result>;
  /** Ends what is running, refuses what waits and what comes, and resolves when no thread is left. */
  stop(): Promise<void>;
}

/**
 * A thread for the module that answers with {@link answerCall}, given by its URL without extension. It is started for each
 * call and ended after it: that costs a fraction of a second, and gives back the memory of a big call at once.
 */
export function createThread<Input, Result>(
  moduleUrl: string,
  options: Pick<WorkerOptions, 'resourceLimits'> = {},
): Thread<Input, Result> {
  let last: Promise<unknown> = Promise.resolve();
  let worker: Worker | null = null;
  let isStopped = false;

  const call = async (input: Input): Promise<Result> => {
    if (isStopped) throw new AppError('unavailable');
    worker = startWorker(moduleUrl, options);
    try {
      return await exchange<Input, Result>(worker, input, basename(moduleUrl));
    } catch (error) {
      throw isStopped ? new AppError('unavailable', {}, error) : error;
    } finally {
      worker = null;
    }
  };

  return {
    run(input) {
      const result = last.then(() => call(input));
      last = result.catch(() => undefined);
      return result;
    },
    async stop() {
      isStopped = true;
      await worker?.terminate();
      await last;
    },
  };
}

/** Hands the input over and settles when the thread has ended, so that two of them never hold memory at the same time. */
function exchange<Input, Result>(worker: Worker, input: Input, name: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const collect = createCollector<Result>();
    let settle = (code: number): void => reject(new Error(`the thread ${name} ended with code ${code}`));
    const fail = (error: unknown): void => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- given on as it was thrown
      settle = () => reject(error);
    };
    // Whatever else the module left running must not keep the thread alive.
    const end = (): void => void worker.terminate();
    worker.on('message', (answer: Answer) => {
      if ('error' in answer) {
        fail(answer.error instanceof Error ? Object.assign(answer.error, answer.fields) : answer.error);
        return end();
      }
      const result = collect(answer);
      if (!result) return worker.postMessage('next' satisfies Message);
      settle = () => resolve(result[0]);
      end();
    });
    worker.once('messageerror', (error) => {
      fail(error);
      end();
    });
    worker.once('error', fail);
    worker.once('exit', (code) => settle(code));
    handOver(worker, input).catch((error: unknown) => {
      fail(error);
      end();
    });
  });
}

/** The event loop has a turn after each slice. Throws DataCloneError for what cannot be copied. */
async function handOver(worker: Worker, input: unknown): Promise<void> {
  for (const slice of cutUp(input)) {
    worker.postMessage(slice satisfies Message);
    await nextTurn();
  }
}
