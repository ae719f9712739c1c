import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SandboxPerson } from '../../../server/sandbox/world.ts';

const CLI = fileURLToPath(new URL('../../../node_modules/@microsoft/m365agentsplayground/cli.js', import.meta.url));
const STARTS_WITHIN_MILLISECONDS = 30_000;

/** Microsoft's Agents Playground: a chat of one person with a bot, in a page. */
export interface Playground {
  /** The page. */
  origin: string;
  stop(): Promise<void>;
}

export interface PlaygroundSetup {
  port: number;
  botEndpoint: string;
  tenantId: string;
  botId: string;
  /** Who sits at the page; has the id by which a bot may open the chat. */
  person: SandboxPerson;
  others: readonly SandboxPerson[];
}

/** A port of loopback on which nobody listens now. */
export function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Where the Playground's connector is, once it listens on this port; it names itself `localhost`. */
export const connectorOf = (port: number): string => `http://localhost:${port}/_connector`;

/** Starts the Playground in a folder of its own, where it finds its people and leaves its logs. */
export async function startPlayground(setup: PlaygroundSetup): Promise<Playground> {
  const folder = await mkdtemp(join(tmpdir(), 'playground-'));
  // JSON is YAML, too.
  await writeFile(join(folder, '.m365agentsplayground.yml'), JSON.stringify(settingsOf(setup)));
  const options = ['-e', setup.botEndpoint, '-c', 'msteams', '-p', String(setup.port), '--dt'];
  const child = spawn(process.execPath, [CLI, 'start', ...options], { cwd: folder, stdio: 'ignore' });
  const hasEnded = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await hasEnded;
    await rm(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${setup.port}`;
  for (let waited = 0; waited < STARTS_WITHIN_MILLISECONDS; waited += 200) {
    const answer = await fetch(`${origin}/_debug/ping`).catch(() => null);
    if (answer?.ok) return { origin, stop };
    await sleep(200);
  }
  await stop();
  throw new Error(`the Playground did not start on port ${setup.port}`);
}

const userOf = (person: SandboxPerson): object => ({
  id: person.id,
  name: person.displayName,
  userPrincipleName: person.userPrincipalName,
  aadObjectId: person.id,
  givenName: person.displayName.split(' ')[0],
  surname: person.displayName.split(' ').at(-1),
  email: person.mail,
});

const settingsOf = ({ tenantId, botId, person, others }: PlaygroundSetup): object => ({
  version: '0.1.1',
  tenantId,
  bot: { id: `28:${botId}`, name: 'Inverso' },
  currentUser: userOf(person),
  users: others.map(userOf),
  personalChat: { id: 'a:personal-chat' },
  groupChat: { id: '19:group-chat', name: 'Group chat' },
  team: {
    id: '19:team',
    name: 'Team',
    aadGroupId: '00000000-0000-0000-0000-000000000031',
    channels: [{ id: '19:channel', name: 'Announcements' }],
  },
});
