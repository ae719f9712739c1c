import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { SandboxHandler, SandboxReply } from '../http.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json; charset=utf-8',
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code));

async function serve(folder: string, name: string): Promise<SandboxReply | undefined> {
  const root = resolve(folder);
  const file = resolve(root, name);
  if (!file.startsWith(root + sep)) return undefined;
  try {
    const body = await readFile(file);
    const isNamedByContent = name.startsWith('assets/');
    return {
      status: 200,
      headers: {
        'content-type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
        'cache-control': isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-store',
        'x-content-type-options': 'nosniff',
      },
      body,
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The sandbox's own page out of the front end's build: `/sandbox/` and the `/assets/` it loads. */
export function createPages(folder: string | undefined): { handle: SandboxHandler } {
  return {
    async handle({ method, path }) {
      if (path === '/' || path === '/sandbox') return { status: 302, headers: { location: '/sandbox/' } };
      if (folder === undefined || method !== 'GET') return undefined;
      if (!path.startsWith('/sandbox/') && !path.startsWith('/assets/')) return undefined;
      let name: string;
      try {
        name = decodeURIComponent(path.slice(1));
      } catch {
        return undefined;
      }
      if (name.includes('\0')) return undefined;
      return serve(folder, name.endsWith('/') ? `${name}index.html` : name);
    },
  };
}
