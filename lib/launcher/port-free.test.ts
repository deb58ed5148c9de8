import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { firstFreePort, portIsFree } from './port-free';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

async function takeAPort(): Promise<number> {
  const taken = createServer();
  server = taken;
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  return (taken.address() as AddressInfo).port;
}

it('says that a port in use is not free', async () => {
  const port = await takeAPort();
  expect(await portIsFree(port, '127.0.0.1')).toBe(false);
});

it('finds a neighbour of a port in use', async () => {
  const port = await takeAPort();
  expect(await firstFreePort(port)).not.toBe(port);
});
