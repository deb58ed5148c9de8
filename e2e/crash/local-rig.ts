import path from 'node:path';
import type { Api, CreatedCron, FiringReport, RunReport } from './api';
import { collapsedByEngine } from './collapsed-by-engine';
import type { DueTimes, Rig } from './rig';

const THREADS = 20;
const ENDED = new Set(['success', 'error', 'timeout', 'interrupted']);

/** The local deployment: the Agent Server dies with the engine and forgets what it had not written down. */
export function localRig(folder: string, port: number, entry: string): Rig {
  const threads: string[] = [];
  const kindOf = new Map<string, Kind>();
  return {
    name: 'local deployment',
    entry,
    port,
    args: ['--data', path.join(folder, 'local')],
    async prepare(engine) {
      for (let index = 0; index < THREADS; index += 1) {
        const { json } = await engine.call('POST', '/threads', {});
        threads.push((json as { thread_id: string }).thread_id);
      }
    },
    cronBody(n) {
      const kind = kindAt(n);
      const body = {
        assistant_id: n % 7 === 0 ? 'slow' : 'digest',
        input: n % 7 === 0 ? { seconds: 0.3 } : { topic: 'crash', sources: ['a'] },
        metadata: { n },
        ...(kind !== 'thread' && { on_run_completed: kind }),
      };
      const threadId = threads[n % THREADS];
      return kind === 'thread' && threadId !== undefined ? { body, threadId } : { body };
    },
    async check(engine, crons, due) {
      const onThreads = await runsByMark(engine, threads);
      const findings: string[] = [];
      for (const cron of crons) {
        const shown = (await engine.call('GET', `/runs/crons/${cron.cronId}`)).json as Shown | null;
        if (shown?.cron_id !== cron.cronId) {
          findings.push(`cron ${cron.cronId} was acknowledged and is gone`);
          continue;
        }
        kindOf.set(cron.cronId, shown.thread_id !== null ? 'thread' : (shown.on_run_completed ?? 'delete'));
        findings.push(
          ...(await checkCron(engine, cron, kindOf.get(cron.cronId) ?? 'delete', onThreads, due)),
        );
      }
      return findings;
    },
  };
}

type Kind = 'keep' | 'delete' | 'thread';
type Shown = { cron_id: string; thread_id: string | null; on_run_completed: 'keep' | 'delete' | null };

function kindAt(n: number): Kind {
  return n % 5 === 0 ? 'thread' : n % 5 === 1 ? 'delete' : 'keep';
}

function markOf(cronId: string, atMs: number): string {
  return `${cronId} ${new Date(atMs).toISOString()}`;
}

async function runsByMark(engine: Api, threads: readonly string[]): Promise<Map<string, RunReport[]>> {
  const found = new Map<string, RunReport[]>();
  for (const threadId of threads) {
    for (const run of (await engine.runs(threadId)) ?? []) {
      const mark = `${String(run.metadata['cron_id'])} ${String(run.metadata['scheduled_for'])}`;
      found.set(mark, [...(found.get(mark) ?? []), run]);
    }
  }
  return found;
}

async function checkCron(
  engine: Api,
  cron: CreatedCron,
  kind: Kind,
  onThreads: ReadonlyMap<string, RunReport[]>,
  due: DueTimes,
): Promise<string[]> {
  const findings: string[] = [];
  const firings = new Map<number, FiringReport[]>();
  for (const firing of await engine.firings(cron.cronId)) {
    const at = Date.parse(firing.scheduled_for);
    firings.set(at, [...(firings.get(at) ?? []), firing]);
  }
  const excused = collapsedByEngine([...firings.values()].flat());
  for (const at of due(cron)) {
    if (excused.has(at)) continue;
    const mark = markOf(cron.cronId, at);
    const [firing, ...more] = firings.get(at) ?? [];
    if (firing === undefined) {
      findings.push(`${mark} (${kind}): no firing`);
      continue;
    }
    if (more.length > 0) findings.push(`${mark} (${kind}): recorded ${more.length + 1} times`);
    if (!ENDED.has(firing.status)) findings.push(`${mark} (${kind}): ${firing.status}, ${firing.error}`);
    const runs =
      kind === 'thread'
        ? (onThreads.get(mark) ?? [])
        : firing.thread_id === null
          ? []
          : await engine.runs(firing.thread_id);
    // The thread of a deleted run is gone; what remains of it is the record checked above.
    const wanted = kind === 'delete' ? null : 1;
    const seen = runs === null ? null : runs.length;
    if (seen !== wanted)
      findings.push(`${mark} (${kind}): ${seen ?? 'no'} runs on its thread, not ${wanted ?? 'none'}`);
  }
  return findings;
}
