import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../server/inverso.mjs', import.meta.url));
const TOO_LONG = 300_000;

/** A command under way, as a terminal sees it. */
export interface RunningCommand {
  process: ChildProcess;
  out(): string;
  err(): string;
  /** Resolves when the pattern stands in what was printed on stdout or stderr; rejects when the process ends before. */
  prints(pattern: RegExp): Promise<void>;
  /** Resolves with the exit status, or the signal that ended it. */
  ended: Promise<number | string>;
  /** Sends the signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number | string>;
}

/** Starts `inverso` with nothing configured but `env`. It is ended after five minutes whatever happens. */
export function startCommand(args: string[], env: Record<string, string>): RunningCommand {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    timeout: TOO_LONG,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  return {
    process: child,
    out: () => out,
    err: () => err,
    ended,
    prints: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(out) || pattern.test(err)) resolve();
        };
        look();
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        void ended.then((end) => reject(new Error(`ended with ${end} before it printed ${pattern}:\n${out}\n${err}`)));
      }),
    stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs `inverso` to its end. */
export async function runCommand(
  args: string[],
  env: Record<string, string>,
): Promise<{ status: number | string; out: string; err: string }> {
  const command = startCommand(args, env);
  const status = await command.ended;
  return { status, out: command.out(), err: command.err() };
}
