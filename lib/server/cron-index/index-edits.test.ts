import { describe, expect, it } from 'vitest';
import type { CronId } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { everything, newCron, refreshed, serverIds, setup, start } from './tested-index.test-data';

describe('CronIndex: own edits', () => {
  it('count in a search although the filling is not digested yet, and stay', async () => {
    const { bench, index, client, clock } = await setup();
    const [edited, deleted] = [newCron(bench, { input: 'zanzibar' }), newCron(bench, { input: 'zanzibar' })];
    await refreshed(index);
    const cron = await client.patchCron(edited as CronId, { input: 'samarkand' });
    if (!cron.ok) throw new Error(cron.error.message);
    clock.ms += 1;
    index.applyUpsert(cron.value);
    index.applyRemove(deleted as CronId);
    const matching = (q: string) => index.queries.run({ ...everything, q }, start).matching;
    const counts = () => [matching('zanzibar'), matching('samarkand'), matching('"with the"') > 100];
    const before = counts();
    await index.settled();
    expect([before, counts()]).toEqual([
      [0, 1, true],
      [0, 1, true],
    ]);
  });

  it('are there at once, and an answer from before does not undo them', async () => {
    const { bench, index, client, clock } = await setup();
    await refreshed(index);
    const [id] = serverIds(bench);
    const before = await client.searchCrons({ limit: 50, sort_by: 'created_at', sort_order: 'asc' });
    const stale = parseCron(
      before.ok ? before.value.find((wire) => (wire as { cron_id: string }).cron_id === id) : null,
    );
    if (!stale.ok) throw new Error('not on the first page');
    const askedMs = clock.ms;
    clock.ms += 10;
    index.applyUpsert({ ...stale.value, enabled: !stale.value.enabled });
    expect(index.set.upsert(stale.value, askedMs)).toBe('outdated');
    expect(index.queries.row(id as string, clock.ms)?.enabled).toBe(!stale.value.enabled);
  });

  it('take a deleted cron out for good, although a page from before still holds it', async () => {
    const { bench, index, clock } = await setup();
    await refreshed(index);
    const row = bench.store.crons.all()[0];
    const cron = parseCron(row);
    if (!cron.ok) throw new Error(cron.error.message);
    const askedMs = clock.ms;
    clock.ms += 10;
    index.applyRemove(cron.value.cronId);
    expect(index.set.upsert(cron.value, askedMs)).toBe('outdated');
    expect(index.queries.row(cron.value.cronId, clock.ms)).toBeNull();
  });
});
