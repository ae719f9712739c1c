import { join, resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { startServer } from '../main.ts';
import { realClock } from '../real-clock.ts';
import { listenForStop } from './listen-for-stop.ts';
import { pageFolder } from './page-folder.ts';
import { prepareDataFolder } from './prepare-data-folder.ts';
import { readArgs } from './read-args.ts';
import { holdsSandbox } from './sandbox/start-file.ts';

/**
 * `inverso serve`: the server as the environment says, until SIGINT or SIGTERM, then an orderly stop within ten seconds.
 * Refuses to start without its settings, naming all that are missing, and on the data of a sandbox. Logs go to stderr.
 */
export async function serve(args: string[]): Promise<number> {
  readArgs(args, {});
  const config = readConfig();
  const isEmbedded = config.databaseUrl === null;
  if (isEmbedded && holdsSandbox(config.dataDir)) {
    throw new Error(
      `The data folder ${resolve(config.dataDir)} holds a sandbox. Set INVERSO_DATA_DIR to another folder.`,
    );
  }
  const logger = createLogger(config.logLevel);
  if ('secret' in config.clientCredential) {
    logger.warn('a client secret is configured; a certificate (INVERSO_CLIENT_CERTIFICATE_PATH) is safer');
  }
  const stop = listenForStop();
  const server = await startServer({
    config,
    clock: realClock,
    logger,
    pageFolder: pageFolder(),
    databaseFolder: isEmbedded ? join(prepareDataFolder(config.dataDir), 'server') : null,
    host: '0.0.0.0',
    jobs: isEmbedded ? 'inMemory' : 'pgBoss',
  });
  logger.info({ port: server.port }, 'listening');
  await stop.asked;
  logger.info('stopping');
  await stop.within(server.close());
  logger.info('stopped');
  return 0;
}
