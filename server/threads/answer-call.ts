import { parentPort } from 'node:worker_threads';
import { createCollector, cutUp, type Slice } from './slices.ts';

/** What the thread of one call sends back: its result in slices, each on demand, or what was thrown with its own fields. */
export type Answer = Slice | { error: unknown; fields: Record<string, unknown> };
/** What it is sent: the input in slices, then the wish for the next slice of the result. */
export type Message = Slice | 'next';

/** Answers the one call for which a thread was started (see createThread). What cannot be copied is an error as well. */
export function answerCall<Input, Result>(work: (input: Input) => Result): void {
  const send = (answer: Answer | undefined): void => parentPort!.postMessage(answer);
  const collect = createCollector<Input>();
  let slices: Iterator<Slice, undefined> | null = null;
  parentPort!.on('message', (message: Message) => {
    try {
      if (message !== 'next') {
        const input = collect(message);
        if (!input) return;
        slices = cutUp(work(input[0]));
      }
      send(slices?.next().value);
    } catch (error) {
      send(describe(error));
    }
  });
}

/** An error that survives the copying; a DOMException, which is what copying throws itself, would lose its message. */
const describe = (error: unknown): Answer =>
  error instanceof DOMException
    ? { error: new Error(error.message), fields: {} }
    : { error, fields: error instanceof Error ? { ...error } : {} };
