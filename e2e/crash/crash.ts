import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { durableServer } from './durable-server';
import { localRig } from './local-rig';
import { runRig, type RigResult } from './rig';
import { sidecarRig } from './sidecar-rig';

// npm run crash -- --cycles N [--port P] [--seed S] [--control]
// Kills the engine N times in each of two forms, in rounds of 20, and looks for lost or doubled occurrences afterwards.
// With --control it runs the engine whose claim is no transaction, and fails unless the harness notices.

const MAX_SHOWN = 20;

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '20' },
    port: { type: 'string', default: '2110' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    control: { type: 'boolean', default: false },
  },
});
const cycles = Number(values.cycles);
const port = Number(values.port);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Mulberry32: the same seed gives the same moments, as far as processes allow. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function show(result: RigResult): void {
  for (const finding of result.findings.slice(0, MAX_SHOWN)) say(`  ${finding}`);
  if (result.findings.length > MAX_SHOWN) say(`  ... and ${result.findings.length - MAX_SHOWN} more`);
  say(
    `${result.name}: ${result.kills} kills, ${result.crons} crons, longest downtime ${result.longestDowntimeMs} ms, ` +
      `${result.findings.length} findings`,
  );
}

/** So many cycles on one set of files: the Agent Server's grow with every run, and what is tested is not their size. */
const CYCLES_A_ROUND = 20;

/** One round in a folder of its own, which is kept if something was found. */
async function runRound(count: number, seed: number): Promise<RigResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crondeck-crash-'));
  const results: RigResult[] = [];
  if (values.control) {
    const rig = localRig(folder, port, 'e2e/crash/engine-without-transaction.ts');
    results.push(await runRig(rig, count, randomFrom(seed), say));
  } else {
    const server = await durableServer(randomFrom(seed + 1));
    const both = await Promise.all([
      runRig(localRig(folder, port, 'lib/engine/main.ts'), count, randomFrom(seed), say),
      runRig(sidecarRig(folder, port + 1, server), count, randomFrom(seed + 2), say),
    ]);
    results.push(...both);
    server.close();
  }
  for (const result of results) show(result);
  if (results.every(({ findings }) => findings.length === 0) || values.control)
    await rm(folder, { recursive: true });
  else say(`the engines' files are kept in ${folder}`);
  return results;
}

const seed = Number(values.seed);
say(`crash harness: ${cycles} cycles, seed ${seed}${values.control ? ', control without transaction' : ''}`);
const results: RigResult[] = [];
for (let done = 0; done < cycles; done += CYCLES_A_ROUND)
  results.push(...(await runRound(Math.min(CYCLES_A_ROUND, cycles - done), seed + done)));
const found = results.reduce((sum, result) => sum + result.findings.length, 0);
const passed = values.control ? found > 0 : found === 0;
say(
  values.control
    ? `crash control: ${passed ? 'the missing transaction was noticed' : 'NOTHING WAS NOTICED'}`
    : `crash: ${passed ? 'nothing lost, nothing doubled' : `${found} FINDINGS`}`,
);
const report = process.env.CRONDECK_REPORT;
const sound = results.filter(({ findings }) => findings.length === 0).length;
if (report) await writeFile(report, JSON.stringify({ passed: sound, failed: results.length - sound }));
process.exit(passed ? 0 : 1);
