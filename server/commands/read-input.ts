import { createReadStream } from 'node:fs';
import { UsageError } from './read-args.ts';

/** Reads JSON from a file, or from stdin where `file` is `-`. Throws UsageError when there is none to read. */
export async function readInput(file: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  try {
    const source: AsyncIterable<Buffer> =
      file === '-' ? process.stdin : (createReadStream(file) as AsyncIterable<Buffer>);
    for await (const chunk of source) chunks.push(chunk);
  } catch (error) {
    throw new UsageError([
      { path: file, reason: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}` },
    ]);
  }
  try {
    // Files of Windows often begin with a mark of their byte order.
    return JSON.parse(
      Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    );
  } catch (error) {
    throw new UsageError([{ path: 'input', reason: `is not JSON: ${(error as Error).message}` }]);
  }
}
