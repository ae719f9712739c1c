import { join, resolve } from 'node:path';
import pino from 'pino';
import { readConfig } from '../config.ts';
import { startServer } from '../main.ts';
import { realClock } from '../real-clock.ts';
import { pageFolder } from './page-folder.ts';
import { readArgs } from './read-args.ts';
import { untilStopped } from './until-stopped.ts';

/** `inverso serve`: the server as the environment says. Refuses to start without its settings, naming all that are missing. */
export async function serve(args: string[]): Promise<number> {
  readArgs(args, {});
  const config = readConfig();
  const logger = pino({ level: config.logLevel, redact: ['req.headers.authorization', '*.accessToken', '*.note'] }, pino.destination(2));
  if ('secret' in config.clientCredential) logger.warn('a client secret is configured; a certificate is safer (INVERSO_CLIENT_CERTIFICATE_PATH)');
  const server = await startServer({
    config,
    clock: realClock,
    logger,
    pageFolder: pageFolder(),
    databaseFolder: config.databaseUrl === null ? resolve(join(config.dataDir, 'server')) : null,
    host: '0.0.0.0',
    jobs: config.databaseUrl === null ? 'inMemory' : 'pgBoss',
  });
  logger.info({ port: server.port }, 'listening');
  await untilStopped();
  await server.close();
  return 0;
}
