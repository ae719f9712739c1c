import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage, type BuiltPackage } from '../package/build-package.ts';
import { readArgs, UsageError } from './read-args.ts';

/** An environment that is complete, so that a package can be built and looked at before anything is registered. */
const SAMPLE = 'sample';

/**
 * `inverso package [--env sample]`: builds the app package for an environment (a name of appPackage/env, or the path of an
 * environment file) into appPackage/build. Exit status 1 and one line for each fault on stderr when something does not fit.
 */
export async function packageApp(args: string[]): Promise<number> {
  const { env } = readArgs(args, { env: { kind: 'text', default: SAMPLE } });
  const root = fileURLToPath(new URL('../..', import.meta.url));
  if (!existsSync(join(root, 'appPackage/manifest.json')))
    throw new Error('The app package is built from the sources of the project, which are not here.');
  const named = join(root, 'appPackage/env', `.env.${env}`);
  const file = /^[\w-]+$/.test(env) ? named : env;
  if (!existsSync(file)) throw new UsageError([{ path: 'env', reason: `there is no file ${file}` }]);
  const built = await buildPackage(root, file);
  for (const { check, where, reason } of built.faults)
    process.stderr.write(`${check}: ${where.startsWith(root) ? relative(root, where) : where}: ${reason}\n`);
  if (built.faults.length > 0) return 1;
  for (const path of write(join(root, 'appPackage/build'), basename(file).replace(/^\.env\.?/, '') || 'package', built))
    process.stdout.write(`${relative(process.cwd(), path)}\n`);
  return 0;
}

function write(folder: string, name: string, { zip, xmlManifest }: BuiltPackage): string[] {
  mkdirSync(folder, { recursive: true });
  const files: [string, Uint8Array | string][] = [
    [join(folder, `appPackage.${name}.zip`), zip],
    [join(folder, `outlook.${name}.xml`), xmlManifest],
  ];
  for (const [path, content] of files) writeFileSync(path, content);
  return files.map(([path]) => path);
}
