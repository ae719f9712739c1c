import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** A reply whose lines go out one by one, each as JSON. */
export interface Lines<Line> {
  write(line: Line): void;
  end(): void;
  /** Aborted when the reader has gone. */
  signal: AbortSignal;
}

/**
 * Begins such a reply. What it tells of goes on when the reader leaves, and no transaction may be open meanwhile: a slow
 * reader would hold it. Give `reply` back from the route.
 */
export function sendLines<Line>(reply: FastifyReply): Lines<Line> {
  const stream = new PassThrough();
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  // Proxies must not keep the lines back until there are many.
  void reply.header('content-type', 'application/x-ndjson').header('x-accel-buffering', 'no').send(stream);
  return {
    write: (line) => void (stream.writable && stream.write(`${JSON.stringify(line)}\n`)),
    end: () => void stream.end(),
    signal: gone.signal,
  };
}
