import { describe, expect, it } from 'vitest';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import { refreshed, setup } from './tested-index.test-data';

describe('CronIndex: names of threads', () => {
  it('are first messages where there is no title, read only for rows on the screen, and kept', async () => {
    const { bench, index, clock } = await setup();
    await refreshed(index);
    await index.settled();
    const untitled = (item: { metadata: object }) => !('title' in item.metadata);
    const rows = () =>
      index.queries.run(cronQuerySchema.parse({ target: ['thread'], limit: 500 }), clock.ms).rows;
    const shown = rows().filter(({ target }) => {
      const thread = target.kind === 'thread' && bench.store.threads.get(target.threadId);
      return thread && untitled(thread);
    });
    const [first] = shown;
    expect(first?.target).toMatchObject({ name: expect.stringMatching(/^Untitled thread [0-9a-f]{6}$/) });
    if (first) index.show([first]);
    await index.settled();
    const nameNow = (id: string | undefined) => index.queries.row(id ?? '', clock.ms)?.target;
    expect(nameNow(first?.cronId)).toMatchObject({ name: expect.stringMatching(/^Please keep .* going$/) });
    const others = shown.filter(
      ({ target }) =>
        target.kind === 'thread' &&
        first?.target.kind === 'thread' &&
        target.threadId !== first.target.threadId,
    );
    expect(others.length).toBeGreaterThan(0);
    expect(nameNow(others[0]?.cronId)).toMatchObject({ name: expect.stringMatching(/^Untitled thread/) });
    // Names are asked for again after a while; what was learned from the message stays.
    clock.ms += 400_000;
    await refreshed(index);
    await index.settled();
    expect(nameNow(first?.cronId)).toMatchObject({ name: expect.stringMatching(/^Please keep .* going$/) });
  });

  it('follow a thread that is renamed or deleted', async () => {
    const { bench, index, clock } = await setup();
    await refreshed(index);
    await index.settled();
    const [renamed, deleted] = bench.store.crons
      .all()
      .filter(
        (row) =>
          row.thread_id !== null &&
          bench.store.threads.has(row.thread_id) &&
          row.enabled &&
          row.end_time === null,
      );
    const threadOf = (row: { thread_id: string | null } | undefined) => row?.thread_id ?? '';
    const before = bench.store.threads.get(threadOf(renamed));
    if (before)
      bench.store.threads.set(before.thread_id, { ...before, metadata: { title: 'Another title' } });
    bench.store.threads.delete(threadOf(deleted));
    clock.ms += 400_000;
    await refreshed(index);
    await index.settled();
    expect(index.queries.row(renamed?.cron_id ?? '', clock.ms)?.target).toMatchObject({
      name: 'Another title',
    });
    expect(index.queries.row(deleted?.cron_id ?? '', clock.ms)).toMatchObject({
      target: { gone: true },
      status: { code: 'orphaned' },
    });
  });
});
