import { Agent, request } from 'node:http';
import { parentPort } from 'node:worker_threads';

/** One POST: where, as whom, what. */
export interface Post {
  path: string;
  token: string;
  body: string;
}
/** What the thread is to do: each list of posts goes over a connection of its own, one after another. */
export interface Pressing {
  origin: string;
  /** The connections come from `127.0.<round>.1`, `.2` and so on: an address may not ask too often. */
  round: number;
  connections: Post[][];
  /** So many posts of each connection are not counted: sockets and code are warm then. */
  warmUp: number;
}
export interface Pressed {
  seconds: number;
  milliseconds: number[];
  /** Answers other than 200, by status. */
  refused: Record<string, number>;
}

/** A thread that posts as fast as it is answered, over all connections at once, and sends back how it went. */
parentPort!.on(
  'message',
  (pressing: Pressing) => void press(pressing).then((pressed) => parentPort!.postMessage(pressed)),
);

async function press({ origin, round, connections, warmUp }: Pressing): Promise<Pressed> {
  const refused: Record<string, number> = {};
  const milliseconds: number[] = [];
  const { hostname, port } = new URL(origin);
  const agents = connections.map(
    (_, index) => new Agent({ keepAlive: true, maxSockets: 1, localAddress: `127.0.${round}.${index + 1}` }),
  );
  const ask = (agent: Agent, { path, token, body }: Post): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      request({ agent, hostname, port, path, method: 'POST', headers }, (response) => {
        const { statusCode } = response;
        if (statusCode !== 200) refused[String(statusCode)] = (refused[String(statusCode)] ?? 0) + 1;
        response.resume().on('end', resolve);
      })
        .on('error', reject)
        .end(body);
    });
  const all = (each: (agent: Agent, posts: Post[]) => Promise<void>): Promise<unknown> =>
    Promise.all(connections.map((posts, index) => each(agents[index]!, posts)));

  await all(async (agent, posts) => {
    for (const post of posts.slice(0, warmUp)) await ask(agent, post);
  });
  const start = performance.now();
  await all(async (agent, posts) => {
    for (const post of posts.slice(warmUp)) {
      const asked = performance.now();
      await ask(agent, post);
      milliseconds.push(performance.now() - asked);
    }
  });
  const seconds = (performance.now() - start) / 1_000;
  for (const agent of agents) agent.destroy();
  return { seconds, milliseconds, refused };
}
