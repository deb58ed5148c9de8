import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../support/processes';
import { deviationsOf, matches } from './deviations';
import { identify } from './suite/ask-server';
import type { Target } from './suite/server-under-test';

export type SuiteOutcome = {
  readonly server: string;
  readonly passed: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
  /** How many cases were skipped for want of what. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Listed deviations that were met. */
  readonly deviations: number;
};

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
          meta: z.looseObject({ needs: z.string().optional() }).nullish(),
        }),
      ),
    }),
  ),
});

/** Runs the whole suite against one server, in a process of its own. Rejects when the server does not answer. */
export async function runSuite(target: Target): Promise<SuiteOutcome> {
  const server = await identify(target);
  const report = await runVitest(target);
  const cases = report.testResults.flatMap((file) => file.assertionResults);
  const known = cases.map(({ title }) => idOf(title));
  const listed = deviationsOf(server);
  const unmet = listed.flatMap((deviation) =>
    deviation.cases
      .filter((pattern) => !known.some((id) => matches(pattern, id)))
      .map((pattern) => ({ title: pattern, message: 'A deviation is listed for a case that there is not.' })),
  );
  const skipped = new Map<string, number>();
  for (const { meta, status } of cases) {
    if (status === 'passed' || status === 'failed') continue;
    const needs = meta?.needs ?? 'nothing known';
    skipped.set(needs, (skipped.get(needs) ?? 0) + 1);
  }
  return {
    server: `${server.name} ${server.version}`,
    passed: cases.filter(({ status }) => status === 'passed').length,
    failures: [...failuresOf(report), ...unmet],
    skipped,
    deviations: listed.length,
  };
}

const idOf = (title: string) => title.split(' ')[0] ?? '';

function failuresOf(report: z.infer<typeof reportSchema>) {
  return report.testResults.flatMap((file) => {
    // A file that could not even be loaded has no cases to blame.
    if (file.status === 'failed' && file.assertionResults.length === 0)
      return [{ title: path.basename(file.name), message: file.message ?? 'could not be loaded' }];
    return file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ title, failureMessages }) => ({ title, message: withoutStack(failureMessages?.[0] ?? '') }));
  });
}

function withoutStack(message: string): string {
  return message.split('\n    at ')[0] ?? message;
}

async function runVitest(target: Target): Promise<z.infer<typeof reportSchema>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-contract-'));
  const file = path.join(folder, 'report.json');
  const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const config = path.join(import.meta.dirname, 'vitest.config.ts');
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--config', config, '--reporter=json', `--outputFile=${file}`],
    {
      cwd: projectRoot,
      env: { ...process.env, CONTRACT_TARGET: JSON.stringify(target) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + String(chunk)).slice(-4000)));
  await once(child, 'exit');
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`The suite left no report.\n${output}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
