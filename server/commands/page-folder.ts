import { fileURLToPath } from 'node:url';

/** Folder of the built pages, seen from the sources and from the built server alike. */
export const pageFolder = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/front' : '../../front', import.meta.url));
