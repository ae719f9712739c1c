import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { configFor } from '../../server/faults/start-product.ts';
import type { ProductTask } from './product.ts';

/** Where the product keeps its rows. */
export type Store = { databaseUrl: string } | { folder: string };

/** Starts the product in a process of its own beside the sandbox. */
export async function startProduct(sandbox: Sandbox, store: Store): Promise<{ origin: string; stop(): Promise<void> }> {
  const child = fork(fileURLToPath(new URL('./product.ts', import.meta.url)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const databaseUrl = 'databaseUrl' in store ? store.databaseUrl : null;
  const folder = 'folder' in store ? store.folder : null;
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number }));
    void ended.then(() => reject(new Error('the product ended before it listened')));
    child.send({ config: { ...configFor(sandbox), databaseUrl }, folder } satisfies ProductTask);
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.send('stop');
      await ended;
    },
  };
}
