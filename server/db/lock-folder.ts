import { rmSync } from 'node:fs';
import net from 'node:net';

/**
 * Makes this process the only owner of a data folder: two processes on one embedded database lose data silently. The
 * lock is a socket beside the folder, so it frees itself when the process dies; a file left by a dead process is
 * recognized by nobody answering. Throws an Error that names the folder and the process that has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path =
    process.platform === 'win32' ? `\\\\.\\pipe\\inverso-${Buffer.from(folder).toString('hex')}` : `${folder}/lock`;
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
      throw new Error(
        `The data folder ${folder} is in use by process ${owner}. Stop that process first, or set INVERSO_DATA_DIR to another folder.`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new Error(`The data folder ${folder} could not be locked.`);
}

const askOwner = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    const connection = net.connect(path);
    let text = '';
    connection.on('data', (chunk) => (text += chunk.toString()));
    connection.on('end', () => resolve(text || 'unknown'));
    connection.on('error', () => resolve(null));
  });
