import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { aegra } from '../contract/targets/aegra';
import { langgraphDev } from '../contract/targets/langgraph-dev';
import { ensureChromium } from './chromium';

type Count = {
  readonly passed: number;
  readonly failed: number;
  /** Of those that passed: what did so only at its second attempt. */
  readonly again?: number;
};
type Runner = {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly count: (report: unknown) => Count;
};

type Reported = Runner & { readonly report: string };

const root = path.resolve(import.meta.dirname, '../..');
const reports = mkdtempSync(path.join(tmpdir(), 'crondeck-reports-'));

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numTotalTests: z.int(),
  success: z.boolean(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
});

function countVitest(report: unknown): Count {
  const { numPassedTests, numFailedTests } = vitestReport.parse(report);
  return { passed: numPassedTests, failed: numFailedTests };
}

function countPlaywright(report: unknown): Count {
  const { expected, unexpected, flaky } = playwrightReport.parse(report).stats;
  return { passed: expected + flaky, failed: unexpected, again: flaky };
}

/** The reports of our own runners. */
function countOwn(report: unknown): Count {
  return z.object({ passed: z.int(), failed: z.int() }).parse(report);
}

const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const playwright = path.join(root, 'node_modules/@playwright/test/cli.js');
const next = path.join(root, 'node_modules/next/dist/bin/next');

const unitReport = path.join(reports, 'unit.json');
const contractReport = path.join(reports, 'contract.json');
const observerReport = path.join(reports, 'observer.json');
const crashReport = path.join(reports, 'crash.json');
const flowsReport = path.join(reports, 'flows.json');

const runners = [
  {
    name: 'unit',
    report: unitReport,
    args: [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    count: countVitest,
  },
  {
    name: 'contract',
    report: contractReport,
    args: ['--import', 'tsx', path.join(root, 'e2e/contract/main.ts')],
    env: { CRONDECK_REPORT: contractReport },
    count: countOwn,
  },
  {
    name: 'observer',
    report: observerReport,
    args: [
      vitest,
      'run',
      '--config',
      path.join(root, 'e2e/observer/vitest.config.ts'),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${observerReport}`,
    ],
    count: countVitest,
  },
  {
    name: 'crash',
    report: crashReport,
    args: ['--import', 'tsx', path.join(root, 'e2e/crash/crash.ts'), '--cycles', '20'],
    env: { CRONDECK_REPORT: crashReport },
    count: countOwn,
  },
  {
    name: 'flows',
    report: flowsReport,
    args: [playwright, 'test'],
    env: { CRONDECK_REPORT: flowsReport },
    count: countPlaywright,
  },
] as const satisfies readonly Reported[];

/** The flows would build it otherwise, within the time a server has to start. */
async function build(): Promise<void> {
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) process.stderr.write('The dashboard could not be built: no flow can pass.\n');
}

/** Runs one runner; a crash without a report, and a run without a test, count as a failure. */
async function run(runner: Reported): Promise<Count> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, runner.args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...runner.env },
  });
  // Runners work side by side: each line says whose it is.
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) =>
      process.stdout.write(`${runner.name} | ${line}\n`),
    );
  const [status] = (await once(child, 'close')) as [number | null];
  process.stdout.write(`${runner.name} | took ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
  try {
    const count = runner.count(JSON.parse(readFileSync(runner.report, 'utf8')));
    const brokenSilently = count.failed === 0 && (status !== 0 || count.passed === 0);
    return brokenSilently ? { ...count, failed: 1 } : count;
  } catch (error) {
    process.stderr.write(`The ${runner.name} tests left no readable report: ${String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
}

ensureChromium();
// Most of each is waiting for clocks, so they fill the cores together; the flows take longest and need only the build.
const [unit, contract, observer, crash, flows] = runners;
const installed = Promise.all([langgraphDev.install(), aegra.install()]);
const crashes = run(crash);
const counts = await Promise.all([
  crashes,
  build().then(() => run(flows)),
  installed.then(() => run(contract)),
  installed.then(() => run(observer)),
  crashes.then(() => run(unit)),
]);
rmSync(reports, { recursive: true, force: true });
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
const again = counts.reduce((sum, count) => sum + (count.again ?? 0), 0);
if (again > 0)
  process.stdout.write(
    `\n${again} of the flows passed only at the second attempt: "flaky" above names them.\n`,
  );
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
