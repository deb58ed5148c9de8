import path from 'node:path';
import type { durableServer } from './durable-server';
import { collapsedByEngine } from './collapsed-by-engine';
import type { Rig } from './rig';

const THREADS = Array.from(
  { length: 20 },
  (_, n) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`,
);

type Durable = Awaited<ReturnType<typeof durableServer>>;

/** The sidecar: the Agent Server survives every kill and has counted each run it was ever asked for. */
export function sidecarRig(folder: string, port: number, server: Durable): Rig {
  return {
    name: 'sidecar',
    entry: 'lib/engine/main.ts',
    port,
    args: ['--data', path.join(folder, 'sidecar'), '--upstream', server.url],
    async prepare() {
      for (const threadId of THREADS) server.addThread(threadId);
    },
    cronBody(n) {
      const threadId = THREADS[n % THREADS.length];
      const body = { assistant_id: 'agent', input: { n }, on_run_completed: n % 2 === 0 ? 'keep' : 'delete' };
      return n % 3 === 0 && threadId !== undefined ? { body, threadId } : { body };
    },
    async check(engine, crons, due) {
      const findings: string[] = [];
      for (const cron of crons) {
        if (!(await engine.hasCron(cron.cronId)))
          findings.push(`cron ${cron.cronId} was acknowledged and is gone`);
        const marked = (at: number) => `${cron.cronId} ${new Date(at).toISOString()}`;
        const times = (at: number) => server.created.get(marked(at)) ?? 0;
        const wrong = due(cron).filter((at) => times(at) !== 1);
        const excused = wrong.length > 0 ? collapsedByEngine(await engine.firings(cron.cronId)) : new Set();
        for (const at of wrong)
          if (times(at) > 0 || !excused.has(at))
            findings.push(`${marked(at)}: the server was asked for ${times(at)} runs`);
      }
      return findings;
    },
  };
}
