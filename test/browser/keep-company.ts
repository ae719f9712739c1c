import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the company that the files of the project begin with is kept. */
    companyFolder: string;
  }
}

/** Before the files of the project: a folder for the company that the first of them makes; gone after the last. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'inverso-company-'));
  project.provide('companyFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
