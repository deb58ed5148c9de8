import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export type Delivery = { readonly path: string; readonly body: Record<string, unknown> };

/** A server on this machine that remembers what was posted to it. */
export type WebhookReceiver = {
  readonly url: (name: string) => string;
  readonly deliveries: (name: string) => readonly Delivery[];
  close(): void;
};

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Delivery[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      received.push({ path: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> });
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    deliveries: (name) => received.filter((delivery) => delivery.path === `/${name}`),
    close: () => server.close(),
  };
}
