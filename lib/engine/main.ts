import { startLocalDeployment } from '@/lib/engine/local-deployment';
import { engineSettings, USAGE } from '@/lib/engine/settings';
import { startSidecar } from '@/lib/engine/sidecar/sidecar';
import { findPortProblem } from '@/lib/engine/sidecar/find-port-problem';
import type { Problem } from '@/lib/result';

/** Longer than a round of the engine takes; whoever sent the signal should not have to wait for ever. */
const STOP_WITHIN_MS = 15_000;

function fail(problem: Pick<Problem, 'message' | 'hint'>): never {
  process.stderr.write(`${problem.message}\n${problem.hint}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const settings = engineSettings(args, process.env);
  if (!settings.ok) fail(settings.error);
  const { host, port, upstream, dataDir } = settings.value;
  // Before anything is opened: a second start must not disturb the first.
  const portProblem = await findPortProblem(host, port);
  if (portProblem !== null) fail(portProblem);
  const started =
    upstream === null
      ? await startLocalDeployment(settings.value)
      : await startSidecar({ ...settings.value, upstream });
  if (!started.ok) fail(started.error);

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    started.value.stop().then(
      () => process.exit(0),
      (error: unknown) => fail({ message: 'The engine did not stop cleanly.', hint: String(error) }),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const what = upstream === null ? 'local deployment' : `crons for ${upstream.href}`;
  process.stdout.write(`crondeck engine ready: http://${host}:${port} (${what}, data in ${dataDir})\n`);
}

await main();
