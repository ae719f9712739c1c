#!/usr/bin/env node
// The `inverso` command. Runs the built server where there is one, otherwise the sources through a TypeScript loader.
import { existsSync } from 'node:fs';

const built = new URL('../dist/server/cli.js', import.meta.url);
const sources = new URL('./cli.ts', import.meta.url);
if (existsSync(sources)) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(sources.href);
} else {
  await import(built.href);
}
