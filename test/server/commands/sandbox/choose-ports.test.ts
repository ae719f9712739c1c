import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseSandboxPort, isPortTaken, SANDBOX_PORT } from '../../../../server/commands/sandbox/choose-ports.ts';

const open: net.Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function takePort(): Promise<number> {
  const server = net.createServer();
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as net.AddressInfo).port;
}

async function freePort(): Promise<number> {
  const port = await takePort();
  await new Promise((resolve) => open.pop()!.close(resolve));
  return port;
}

describe('chooseSandboxPort', () => {
  it('takes the usual port the first time, or any when that is not to be had', async () => {
    expect(await chooseSandboxPort(null, 0)).toBe((await isPortTaken(SANDBOX_PORT)) ? 0 : SANDBOX_PORT);
    if (!(await isPortTaken(SANDBOX_PORT))) expect(await chooseSandboxPort(null, SANDBOX_PORT)).toBe(0);
  });

  it('keeps the port of the first start', async () => {
    const port = await freePort();
    expect(await chooseSandboxPort(port, 0)).toBe(port);
  });

  it('says which port is taken, and what to do', async () => {
    const port = await takePort();
    await expect(chooseSandboxPort(null, port)).rejects.toThrow(
      `Port ${port} is taken by another program. Set PORT to another one.`,
    );
    await expect(chooseSandboxPort(port, 0)).rejects.toThrow(
      /keeps since its first start, is taken by another program/,
    );
    const free = await freePort();
    await expect(chooseSandboxPort(free, free)).rejects.toThrow(/is the sandbox's own/);
  });
});
