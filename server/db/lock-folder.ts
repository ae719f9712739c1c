import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';

/** A socket's path holds at most 107 bytes on Linux and 103 on macOS. */
const MOST_PATH_BYTES = 100;

/** Another process has the folder. */
export class FolderInUse extends Error {
  readonly owner: string;

  constructor(folder: string, owner: string) {
    super(
      `The data folder ${folder} is in use by process ${owner}. Stop that process first, or set INVERSO_DATA_DIR to another folder.`,
    );
    this.name = 'FolderInUse';
    this.owner = owner;
  }
}

/**
 * Makes this process the only owner of a data folder: two processes on one embedded database lose data silently. The
 * lock is a socket beside the folder, so it frees itself when the process dies; a file left by a dead process is
 * recognized by nobody answering. Throws FolderInUse, which names the folder and the process that has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = lockPath(folder);
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = net.createServer((connection) => connection.end(String(process.pid)));
    const fault = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      server.listen(path, () => resolve(null));
    });
    if (fault === null) {
      server.unref();
      return () => new Promise((resolve) => server.close(() => resolve()));
    }
    if (fault.code !== 'EADDRINUSE') throw fault;
    const owner = await askOwner(path);
    if (owner !== null) {
      throw new FolderInUse(folder, owner);
    }
    rmSync(path, { force: true });
  }
  throw new Error(`The data folder ${folder} could not be locked.`);
}

/** Beside the database; for a folder whose path is too long for a socket, a name that follows from it. */
function lockPath(folder: string): string {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  if (process.platform === 'win32') return `\\\\.\\pipe\\inverso-${name}`;
  const beside = `${folder}/lock`;
  return Buffer.byteLength(beside) <= MOST_PATH_BYTES ? beside : `${tmpdir()}/inverso-${name}.lock`;
}

const askOwner = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    const connection = net.connect(path);
    let text = '';
    connection.on('data', (chunk) => (text += chunk.toString()));
    connection.on('end', () => resolve(text || 'unknown'));
    connection.on('error', () => resolve(null));
  });
