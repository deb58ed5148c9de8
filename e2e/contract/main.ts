import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { runSuite, type SuiteOutcome } from './run-suite';
import { aegra } from './targets/aegra';
import { langgraphDev } from './targets/langgraph-dev';
import { localDeployment, sidecar } from './targets/our-engine';
import { plugin } from './targets/plugin';
import { removeRunFolders } from './targets/workspace';
import type { ReachableTarget } from './targets/reachable-target';

const targets: readonly ReachableTarget[] = [localDeployment, langgraphDev, aegra, sidecar, plugin];
const names = targets.map((target) => target.name);

const usage = `Usage: npm run contract -- [options]

  --url URL      run the suite against this server (crons, threads and assistants are made there and removed again)
  --key KEY      its key, sent as x-api-key
  --graph NAME   the graph the crons run; by default the first one
  --target NAME  start this server and run against it: ${names.join(', ')}; may be repeated; by default all of them
`;

/** Waiting for clocks is most of the work, so two servers at a time fit on two cores. */
const atOnce = 2;

type Count = { readonly passed: number; readonly failed: number };

const write = (text: string) => process.stdout.write(`${text}\n`);

function print(name: string, outcome: SuiteOutcome, tookMs: number): Count {
  const { failures, passed, skipped, deviations } = outcome;
  write(`\n== ${name}: ${outcome.server}`);
  for (const { title, message } of failures)
    write(`  FAILED ${title}\n    ${message.replaceAll('\n', '\n    ')}`);
  for (const [needs, count] of skipped) write(`  skipped: ${count} case(s), which need: ${needs}`);
  const known = deviations === 0 ? '' : `, ${deviations} known deviation(s) confirmed`;
  write(`  ${passed} passed, ${failures.length} failed${known}, in ${Math.round(tookMs / 1000)} s`);
  return { passed, failed: failures.length === 0 && passed === 0 ? 1 : failures.length };
}

async function runTarget({ name, start }: ReachableTarget): Promise<Count> {
  try {
    const started = await start();
    if (started.kind === 'skipped') {
      write(`skipped: ${name} (${started.why})`);
      return { passed: 0, failed: 0 };
    }
    try {
      const startedAt = performance.now();
      return print(name, await runSuite(started.target), performance.now() - startedAt);
    } catch (error) {
      throw new Error(`${String(error)}\n${started.output()}`, { cause: error });
    } finally {
      await started.stop();
    }
  } catch (error) {
    write(`\n== ${name}\n  FAILED to start or to run: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

function options() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      url: text,
      key: text,
      graph: text,
      target: { ...text, multiple: true },
      help: { type: 'boolean' },
    },
  });
  for (const name of values.target ?? [])
    if (!names.includes(name)) throw new Error(`There is no target "${name}".`);
  return values;
}

async function counts(values: ReturnType<typeof options>): Promise<readonly Count[]> {
  const { url } = values;
  if (url !== undefined) {
    const target = {
      url,
      key: values.key ?? null,
      graph: values.graph ?? null,
      loopbackWebhooks: null,
      python: null,
    };
    const startedAt = performance.now();
    return [print(url, await runSuite(target), performance.now() - startedAt)];
  }
  const chosen = values.target ? targets.filter(({ name }) => values.target?.includes(name)) : targets;
  const limit = pLimit(atOnce);
  return Promise.all(chosen.map((target) => limit(() => runTarget(target))));
}

async function main(): Promise<number> {
  const values = options();
  if (values.help) {
    write(usage);
    return 0;
  }
  const all = await counts(values);
  removeRunFolders();
  const passed = all.reduce((sum, count) => sum + count.passed, 0);
  const failed = all.reduce((sum, count) => sum + count.failed, 0);
  if (process.env.CRONDECK_REPORT)
    writeFileSync(process.env.CRONDECK_REPORT, JSON.stringify({ passed, failed }));
  write(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(1);
  },
);
