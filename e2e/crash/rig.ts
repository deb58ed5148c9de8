import { setTimeout as sleep } from 'node:timers/promises';
import { api, type Api, type CreatedCron } from './api';
import { startEngine } from './engine-process';
import { occurrences } from './occurrences';

/** What is being tested: one form of the engine, and what must be true in the end. */
export type Rig = {
  readonly name: string;
  readonly entry: string;
  readonly port: number;
  readonly args: readonly string[];
  /** Before the first kill: whatever the crons need. */
  prepare(engine: Api): Promise<void>;
  /** The body of the n-th cron, and its thread if it has one. */
  cronBody(n: number): { readonly body: Record<string, unknown>; readonly threadId?: string };
  /** Everything that is wrong, one sentence each. */
  check(engine: Api, crons: readonly CreatedCron[], due: DueTimes): Promise<string[]>;
};

export type RigResult = {
  readonly name: string;
  readonly kills: number;
  readonly crons: number;
  readonly longestDowntimeMs: number;
  readonly findings: readonly string[];
};

const FIRST_CRONS = 300;

/** Beyond this many, few are added: the load stays that of several hundred crons however long it runs. */
const MANY_CRONS = 500;

/** The moments at which a cron had to fire. */
export type DueTimes = (cron: CreatedCron) => number[];

type Gap = { readonly fromMs: number; readonly toMs: number };

const MINUTE_MS = 60_000;
const SETTLE_WITHIN_MS = 600_000;

/** Kills and restarts the engine `cycles` times at random moments while crons fire and new ones are created. */
export async function runRig(
  rig: Rig,
  cycles: number,
  random: () => number,
  say: (line: string) => void,
): Promise<RigResult> {
  const start = () => startEngine(rig.entry, [...rig.args, '--port', String(rig.port)]);
  const engine = api(`http://127.0.0.1:${rig.port}`);
  const crons: CreatedCron[] = [];
  const findings: string[] = [];
  const gaps: Gap[] = [];
  let killedAtMs: number | null = null;

  const add = async () => {
    const n = crons.length;
    const { body, threadId } = rig.cronBody(n);
    const created = await engine.create(n % 60, body, threadId);
    if (created !== null) crons.push(created);
  };

  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const process = start();
    // Every fifth kill comes while the engine is still starting or recovering.
    if (cycle > 1 && random() < 0.2) {
      await Promise.race([process.ready.catch(() => undefined), sleep(200 + random() * 2500)]);
      await process.kill();
      continue;
    }
    await process.ready;
    if (killedAtMs !== null) gaps.push({ fromMs: killedAtMs, toMs: Date.now() });
    if (cycle === 1) {
      await rig.prepare(engine);
      while (crons.length < FIRST_CRONS) await add().catch(() => undefined);
      // What the crons stand on is not what is tested here, so the server gets the time to write it down.
      await sleep(5000);
    }
    const killAtMs = Date.now() + 300 + random() * 5000;
    // New crons up to the very moment of the kill: an answer that arrived is a promise.
    const creator = (async () => {
      while (Date.now() < killAtMs) {
        await add().catch(() => undefined);
        await sleep((crons.length < MANY_CRONS ? 50 : 2000) + random() * 200);
      }
    })();
    await sleep(Math.max(0, killAtMs - Date.now()));
    killedAtMs = Date.now();
    await process.kill();
    await creator;
    if (cycle % 10 === 0) say(`${rig.name}: ${cycle} of ${cycles} cycles, ${crons.length} crons`);
  }

  const last = start();
  await last.ready;
  if (killedAtMs !== null) gaps.push({ fromMs: killedAtMs, toMs: Date.now() });
  await sleep(3000);
  const untilMs = Date.now();
  await settle(engine, crons);
  const due: DueTimes = (cron) =>
    occurrences(cron.second, cron.createdAtMs, untilMs).filter((at) => !collapsed(at, gaps));
  findings.push(...(await rig.check(engine, crons, due)));
  const exitCode = await last.terminate();
  if (exitCode !== 0) findings.push(`the last engine ended with ${exitCode} after SIGTERM`);
  const longestDowntimeMs = Math.max(0, ...gaps.map((gap) => gap.toMs - gap.fromMs));
  return { name: rig.name, kills: cycles, crons: crons.length, longestDowntimeMs, findings };
}

/** Not the first that the cron missed in the same gap: several missed occurrences rightly become one run. */
function collapsed(at: number, gaps: readonly Gap[]): boolean {
  return gaps.some((gap) => at - MINUTE_MS >= gap.fromMs && at <= gap.toMs);
}

/** No new occurrences, then waiting until everything that was due has happened: only then is there something to count. */
async function settle(engine: Api, crons: readonly CreatedCron[]): Promise<void> {
  for (const { cronId } of crons) await engine.call('PATCH', `/runs/crons/${cronId}`, { enabled: false });
  const deadline = Date.now() + SETTLE_WITHIN_MS;
  while (Date.now() < deadline && (await engine.open()) > 0) await sleep(500);
}
