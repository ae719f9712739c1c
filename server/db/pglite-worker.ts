import { parentPort, workerData } from 'node:worker_threads';
import { openLite, type Statement } from './open-lite.ts';

/*
 * The embedded database lives in this thread, so that a long query never stops the server's event loop. It answers one
 * message after another: { id, statements } -> { id, rows, affected } or { id, error }.
 */
interface Ask {
  id: number;
  statements: Statement[];
}

const { folder } = workerData as { folder: string };
const port = parentPort!;
const lite = await openLite(folder);
port.postMessage({ id: 0 });

port.on('message', (ask: Ask | 'close') => {
  if (ask === 'close') {
    void lite.close().then(() => port.close());
    return;
  }
  lite.run(ask.statements).then(
    (result) => port.postMessage({ id: ask.id, ...result }),
    (error: unknown) => {
      const fault = error as Error & { code?: string; constraint?: string };
      port.postMessage({
        id: ask.id,
        error: { message: fault.message, code: fault.code, constraint: fault.constraint },
      });
    },
  );
});
