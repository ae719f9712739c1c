import type { SavedKey } from '../entra/signing-keys.ts';
import type { TokenVerifier } from '../entra/tokens.ts';
import type { SandboxHandler } from '../http.ts';
import type { Faults } from '../kernel/faults.ts';
import type { Chats, World } from '../world.ts';
import { createBotKeys, type BotKeys } from './bot-keys.ts';
import { restoreChats, snapshotChats, type ChatSnapshot, type ChatState } from './chat-state.ts';
import { createChats } from './chats.ts';
import { createRest } from './rest.ts';

export interface ConnectorSnapshot {
  keys: SavedKey[];
  chats: ChatSnapshot;
}

/** The Bot Connector, and Teams as the people use it. */
export interface Connector {
  handle: SandboxHandler;
  chats: Chats;
  /** Keys with which events to the bot are signed; tests rotate them. */
  botKeys: BotKeys;
  snapshot(): ConnectorSnapshot;
}

/**
 * Creates the Bot Connector of one bot (`botId`: its client id), or goes on from a snapshot. `verify` reads the tokens with
 * which the bot calls.
 */
export async function createConnector(
  world: World,
  { botId, verify, faults, saved }: { botId: string; verify: TokenVerifier; faults: Faults; saved?: ConnectorSnapshot },
): Promise<Connector> {
  const state: ChatState = { world, botId, byPerson: new Map(), byId: new Map(), sent: [], activityIds: new Set() };
  if (saved) restoreChats(state, saved.chats);
  const botKeys = await createBotKeys(world, saved?.keys);
  const rest = createRest(state, verify);
  return {
    handle: async (request) => (await rest(request)) ?? botKeys.handle(request),
    chats: createChats({ state, botKeys, faults }),
    botKeys,
    snapshot: () => ({ keys: botKeys.snapshot(), chats: snapshotChats(state) }),
  };
}
