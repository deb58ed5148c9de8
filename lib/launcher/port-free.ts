import { createServer } from 'node:net';

/** Whether a server could listen there now. */
export function portIsFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** The first of `port` and the nine after it where a server could listen on loopback; null where none is free. */
export async function firstFreePort(port: number): Promise<number | null> {
  for (let candidate = port; candidate < port + 10; candidate++) {
    if (await portIsFree(candidate, '127.0.0.1')) return candidate;
  }
  return null;
}
