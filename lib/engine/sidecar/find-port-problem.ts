import { createServer } from 'node:net';
import type { Problem } from '@/lib/result';

export type PortProblem = Problem<'port-taken' | 'port-refused'>;

/** Tries to listen, and says what is in the way; null if nothing is. */
export function findPortProblem(host: string, port: number): Promise<PortProblem | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      resolve({
        code: taken ? 'port-taken' : 'port-refused',
        message: taken
          ? `Port ${port} on ${host} is taken.`
          : `${host}:${port} cannot be listened on: ${error.message}.`,
        hint: taken
          ? `Stop the program that uses it, perhaps another engine, or choose another port with --port.`
          : 'Choose another address with --host or another port with --port.',
      });
    });
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}
