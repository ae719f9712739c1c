import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { World } from '../../../../server/sandbox/world.ts';

/** The members of an activity that tests look at one by one. */
export interface ReceivedActivity {
  id: string;
  type: string;
  channelId: string;
  serviceUrl: string;
  from: { id: string; aadObjectId: string };
  conversation: { id: string };
  membersAdded?: unknown[];
  value?: unknown;
  text?: string;
}

/** What a bot got, after its token was checked as the Bot Connector's documentation asks. */
export interface BotReceiver {
  endpoint: string;
  received: { activity: ReceivedActivity; problem: string | null }[];
  /** What it answers with; by default 200 without a body. */
  answer: (activity: ReceivedActivity) => { status: number; body?: unknown };
  close(): Promise<void>;
}

/** A bot's messaging endpoint that checks the token of each activity: issuer, audience, signature, service URL, endorsement. */
export async function startBotReceiver(world: World, botId: string): Promise<BotReceiver> {
  const metadata = await (await fetch(`${world.origin}/botframework/v1/.well-known/openidconfiguration`)).json();
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), { cooldownDuration: 0 });
  const check = async (authorization: string | undefined, activity: ReceivedActivity): Promise<string | null> => {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: 'https://api.botframework.com',
        audience: botId,
        algorithms: ['RS256'],
        currentDate: new Date(world.clock.now()),
        requiredClaims: ['exp', 'iat'],
      });
      if (payload.serviceurl !== activity.serviceUrl) return 'serviceurl';
      const key = keys.jwks()!.keys.find(({ kid }) => kid === protectedHeader.kid) as
        { endorsements?: string[] } | undefined;
      return key?.endorsements?.includes(activity.channelId) ? null : 'endorsement';
    } catch (error) {
      return String(error);
    }
  };
  const receiver: BotReceiver = {
    endpoint: '',
    received: [],
    answer: () => ({ status: 200 }),
    close: async () => undefined,
  };
  const server = createServer((message, response) => {
    let text = '';
    message.on('data', (chunk: Buffer) => (text += chunk.toString()));
    message.on('end', () => {
      void (async () => {
        const activity = JSON.parse(text) as ReceivedActivity;
        receiver.received.push({ activity, problem: await check(message.headers.authorization, activity) });
        const { status, body } = receiver.answer(activity);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  receiver.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return receiver;
}
