import net from 'node:net';

/** The sandbox's usual port. */
export const SANDBOX_PORT = 4100;

/** Whether something listens on the loopback port already. 0 is never taken. */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(true);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}

/**
 * The port of the sandbox: the one of the first start, since stored conversations name it; on the first start the usual
 * one, or 0 (any) when it is taken. Throws an Error in one sentence when a needed port is taken.
 */
export async function chooseSandboxPort(kept: number | null, serverPort: number): Promise<number> {
  if (await isPortTaken(serverPort)) {
    throw new Error(`Port ${serverPort} is taken by another program. Set PORT to another one.`);
  }
  if (kept === null) return SANDBOX_PORT === serverPort || (await isPortTaken(SANDBOX_PORT)) ? 0 : SANDBOX_PORT;
  if (kept === serverPort) {
    throw new Error(`Port ${kept} is the sandbox's own, kept since its first start. Set PORT to another one.`);
  }
  if (await isPortTaken(kept)) {
    throw new Error(
      `Port ${kept}, which the sandbox keeps since its first start, is taken by another program. Stop that program, or begin anew with --fresh.`,
    );
  }
  return kept;
}
