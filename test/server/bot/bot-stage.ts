import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { JWTPayload } from 'jose';
import type { Person } from '../../../server/domain/people/person.ts';
import { setFaultStage, type FaultStage } from '../faults/stage.ts';
import { makeKey, mint, startIdentity, startServer, type KeyPair } from './fake-connector.ts';

/** What `post` may have otherwise than a message of the person in their own chat. */
export type ActivityChange = Record<string, unknown>;

/** The whole product over HTTP, with keys of the Bot Connector that tests sign with, and everybody it could be led to call. */
export interface BotStage extends FaultStage {
  /** Listed, and endorsed for Teams. */
  key: KeyPair;
  /** Listed, and endorsed for another channel only. */
  unendorsed: KeyPair;
  serviceUrl: string;
  /** A server that listens where an attacker wants the bot's token sent, and what it was asked. */
  attacker: { url: string; requests: unknown[] };
  /** Addresses that the product itself called since the last look, those of the key list left out. */
  calledSince(): string[];
  /** A token as the Bot Connector signs it now for this service URL, with other claims. */
  sign(claims?: JWTPayload & Record<string, unknown>, header?: Record<string, unknown>, key?: KeyPair): Promise<string>;
  /** An activity as Teams sends it, with the change. */
  activityOf(person: Pick<Person, 'personId'>, change?: ActivityChange): Record<string, unknown>;
  post(activity: unknown, authorization: string | null): Promise<{ status: number; text: string }>;
  /** A button of a card, pressed by the person; gives what Teams would show. */
  press(person: Pick<Person, 'personId'>, data: Record<string, unknown>): Promise<{ status: number; text: string }>;
}

export async function setBotStage(): Promise<BotStage> {
  const [key, unendorsed, attacker] = await Promise.all([
    makeKey('k1'),
    makeKey('k2', ['webchat']),
    startServer(() => ({ status: 201, body: '{"id":"1"}' })),
  ]);
  const identity = await startIdentity([key.listed, unendorsed.listed]);
  const stage = await setFaultStage({ config: { botOpenIdUrl: identity.openIdUrl } });
  const { sandbox } = stage;
  const published = await fetch(`${sandbox.origin}/botframework/v1/.well-known/keys`);
  // What the sandbox's own connector sends is believed as well.
  identity.state.keys.push(...((await published.json()) as { keys: KeyPair['listed'][] }).keys);
  const appId = sandbox.apps.main.clientId;
  const serviceUrl = `${sandbox.origin}/connector/`;

  const called: string[] = [];
  const note = (message: unknown): void => {
    const { origin, path } = (message as { request: { origin: string; path: string } }).request;
    if (origin !== stage.origin() && origin !== identity.url) called.push(`${origin}${path}`);
  };
  subscribe('undici:request:create', note);

  const self: BotStage = {
    ...stage,
    key,
    unendorsed,
    serviceUrl,
    attacker,
    calledSince: () => called.splice(0),
    sign(claims = {}, header = {}, signer = key) {
      const now = Math.floor(stage.clock.now() / 1_000);
      const times = { iat: now, nbf: now - 60, exp: now + 3_600 };
      const kid = signer.listed.kid ?? '';
      return mint(signer.privateKey, serviceUrl, { aud: appId, ...times, ...claims }, { kid, ...header });
    },
    activityOf: ({ personId }, change = {}) => ({
      type: 'message',
      id: 'f:1',
      channelId: 'msteams',
      serviceUrl,
      from: { id: `29:${personId}`, aadObjectId: personId },
      recipient: { id: `28:${appId}` },
      conversation: {
        id: sandbox.world.chats.of(personId)?.conversationId ?? 'a:chat',
        conversationType: 'personal',
        tenantId: stage.tenantId,
      },
      channelData: { tenant: { id: stage.tenantId } },
      locale: 'en-US',
      ...change,
    }),
    async post(activity, authorization) {
      const reply = await fetch(`${stage.origin()}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      });
      return { status: reply.status, text: await reply.text() };
    },
    press: async (person, data) =>
      self.post(
        self.activityOf(person, {
          type: 'invoke',
          name: 'adaptiveCard/action',
          value: { action: { type: 'Action.Execute', verb: data['verb'], data }, trigger: 'manual' },
        }),
        `Bearer ${await self.sign()}`,
      ),
    async close() {
      unsubscribe('undici:request:create', note);
      await stage.close();
      await Promise.all([identity.stop(), attacker.stop()]);
    },
  };
  return self;
}
