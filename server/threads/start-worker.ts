import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a worker thread from a module of ours, given by the URL it has without extension. Built code runs as it is;
 * from sources the thread first registers the TypeScript loader, which worker threads of Node 20 do not inherit.
 */
export function startWorker(moduleUrl: string, options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`${moduleUrl}.js`), options);
  // The require() entry has its ES module twin beside it; import.meta.resolve is not everywhere where this runs.
  const entry = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const loader = pathToFileURL(entry).href;
  const bootstrap = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(`${moduleUrl}.ts`)}); });`;
  return new Worker(bootstrap, { ...options, eval: true });
}
