/**
 * A dashboard as a process of its own, for tests that kill one: opens the store, keeps its jobs going, and says when
 * the entry it was given is over. Arguments: folder of the store, address of the deployment, number of crons, entry id.
 */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { ok } from '@/lib/result';
import { entries } from '../store/schema';
import { hurried, storeIn, targetAt, wait } from './bulk-harness.test-data';
import type { ChangeDeps } from './change-target';
import { JobKeeper } from './job-keeper';

const [folder = '', url = '', size = '0', entryId = ''] = process.argv.slice(2);
// No request is left hanging where this is used, so a machine that stands still must not look like a silent deployment.
const target = targetAt(url, Number(size), 30_000);
const deps: ChangeDeps = {
  store: await storeIn(folder),
  findTarget: async () => ok(target),
  now: Date.now,
  wait,
  newId: randomUUID,
  sessionId: randomUUID(),
  pace: hurried,
};
const keeper = new JobKeeper({
  deps,
  knows: () => true,
  report: (message, error) => process.stderr.write(`${message}: ${String(error)}\n`),
  beatEveryMs: 50,
  deadAfterMs: 500,
});
process.once('SIGTERM', () => void keeper.stop().then(() => process.exit(0)));
keeper.start();
for (;;) {
  const [row] = await deps.store.db.select().from(entries).where(eq(entries.entryId, entryId));
  if (row?.state !== 'running') break;
  await wait(50, AbortSignal.timeout(1_000));
}
await keeper.stop();
process.stdout.write('over\n');
process.exit(0);
