import fastify, { LogController } from 'fastify';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { AppError, badInput, ERROR_CODES } from '../../../server/errors.ts';
import { replyWithError } from '../../../server/http/error-reply.ts';

/** The reply to something that a route threw, and what was logged of it. */
async function replyTo(fault: Error) {
  const log: string[] = [];
  const app = fastify({
    loggerInstance: pino({ level: 'info' }, { write: (line: string) => void log.push(line) }),
    logController: new LogController({ disableRequestLogging: true }),
  });
  app.setErrorHandler(replyWithError);
  app.get('/things/:thingId', () => Promise.reject(fault));
  const reply = await app.inject({
    url: '/things/CANARY-ID?code=CANARY-CODE',
    headers: { authorization: 'CANARY-TOKEN' },
  });
  await app.close();
  return { reply, log, lines: log.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const STATUS = {
  badInput: 400,
  signedOut: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  closed: 409,
  busy: 429,
  unavailable: 503,
};

test.each(ERROR_CODES)('%s has its status, and leaves one line without anything of the request', async (code) => {
  const { reply, log, lines } = await replyTo(new AppError(code));
  expect(reply.statusCode).toBe(STATUS[code]);
  expect(reply.json()).toMatchObject({ error: { code } });
  expect(lines).toMatchObject([
    { msg: 'request refused', refused: code, status: STATUS[code], method: 'GET', route: '/things/:thingId' },
  ]);
  expect(log.join('')).not.toMatch(/CANARY/);
});

describe('a reason', () => {
  test.each(['signedOut', 'forbidden', 'notFound'] as const)('is never told with %s', async (code) => {
    expect((await replyTo(new AppError(code, { reason: 'why' }))).reply.json()).toMatchObject({ error: { code } });
  });

  test('is told otherwise', async () => {
    const { reply } = await replyTo(new AppError('closed', { reason: 'tooEarly' }));
    expect(reply.json()).toMatchObject({ error: { code: 'closed.tooEarly' } });
  });
});

test('values of fields are told to the sender and not to the log', async () => {
  const { reply, log } = await replyTo(badInput('note', 'CANARY-REASON'));
  expect(reply.json()).toMatchObject({ error: { fields: [{ path: 'note', reason: 'CANARY-REASON' }] } });
  expect(log.join('')).not.toMatch(/CANARY/);
});

test('an overloaded server is not now, and not a fault', async () => {
  const { reply, lines } = await replyTo(
    Object.assign(new Error('Service Unavailable'), { statusCode: 503, code: 'FST_UNDER_PRESSURE' }),
  );
  expect(reply.statusCode).toBe(503);
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  expect(lines).toMatchObject([{ level: 40, refused: 'unavailable', cause: 'FST_UNDER_PRESSURE' }]);
});
