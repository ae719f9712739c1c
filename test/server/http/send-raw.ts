import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import type { TypedApp } from '../../../server/http/route-deps.ts';

/** Sends bytes as they are, since clients of Node tidy requests up, and gives all that comes until the server closes. */
export async function sendRaw(app: TypedApp, bytes: string): Promise<string> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = net.connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(bytes);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, 'close');
  return text;
}
