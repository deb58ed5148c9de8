import 'server-only';
import type { LookBack } from '@/lib/crons/look-back';
import { ok, type Problem, type Result } from '@/lib/result';
import type { CronIndex } from '../cron-index/cron-index';
import type { Dashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import { knownIndex } from '../insight/known-index';
import { lookBack } from './look-back';

type Inside = { readonly deployment: Deployment; readonly dashboard: Pick<Dashboard, 'deps'> };
type Kept = { untilMs: number; readonly answer: Promise<LookBack> };

const keptMs = 15_000;
/** At most so small a part of the time goes into it: of a hundred thousand crons it takes most of a second. */
const duty = 40;
const firstRowsMs = 1_500;

const kept = new WeakMap<CronIndex, Map<number, Kept>>();

/** The same for everybody who looks within a few seconds: it takes a pass over all crons and a part of the ledger. */
export async function keptLookBack(
  { deployment, dashboard }: Inside,
  hours: number,
): Promise<Result<LookBack, Problem>> {
  const index = await knownIndex(deployment);
  if (!index.ok) return index;
  await index.value.ready(firstRowsMs);
  const { store, now } = dashboard.deps;
  const atMs = now();
  const info = await deployment.info();
  let answers = kept.get(index.value);
  if (answers === undefined) kept.set(index.value, (answers = new Map()));
  let found = answers.get(hours);
  if (found === undefined || atMs >= found.untilMs) {
    const offsetMs = deployment.clock.offsetMs();
    const answer = lookBack(hours, {
      index: index.value,
      deployment: deployment.config.id,
      store,
      isListed: info.state.kind === 'ready' && info.state.capabilities.firings,
      nowMs: atMs + offsetMs,
      offsetMs,
    });
    const made: Kept = { untilMs: atMs + keptMs, answer };
    answers.set(hours, made);
    answer.then(
      () => (made.untilMs = atMs + Math.max(keptMs, (now() - atMs) * duty)),
      () => answers.delete(hours),
    );
    found = made;
  }
  return ok(await found.answer);
}
