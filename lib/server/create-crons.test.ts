import { describe, expect, it } from 'vitest';
import { threadId } from '@/lib/crons/a-cron.test-data';
import { ok, err } from '@/lib/result';
import { createCrons } from './create-crons';
import { aServer, draft, first, refused, timeout } from './write-crons.test-data';

const two = draft({ schedules: ['0 9 * * *', '30 17 * * *'] });

describe('createCrons', () => {
  it('makes the cron, tells it its own id and finds the server agreeing with the preview', async () => {
    const server = aServer({});
    const written = await createCrons(draft({ name: 'News' }), server.writing);
    expect(written).toMatchObject({
      ok: true,
      value: { crons: [{ cronId: first, agrees: true }], notes: [] },
    });
    expect(server.crons.get(first)?.metadata).toMatchObject({ name: 'News', crondeck_cron: first });
  });

  it('says so when the server computes another next run than the preview', async () => {
    const server = aServer({});
    const written = await createCrons(draft({ schedules: ['0 10 * * 1-5'] }), server.writing);
    expect(written).toMatchObject({
      value: {
        crons: [
          {
            agrees: false,
            serverNextMs: Date.UTC(2026, 10, 23, 8),
            previewNextMs: Date.UTC(2026, 10, 23, 9),
          },
        ],
      },
    });
  });

  it('removes what it has made when a later part is refused', async () => {
    const server = aServer({
      create: (_body, nth) => (nth === 2 ? err(refused("Invalid cron schedule: 'x'.")) : null),
    });
    const written = await createCrons(two, server.writing);
    expect(written).toMatchObject({ ok: false, error: { status: 422, problem: { field: 'schedules' } } });
    expect(server.crons.size).toBe(0);
    expect(server.verbs('delete', 'removed')).toEqual([`delete ${first}`, `removed ${first}`]);
  });

  it('names what it could not remove', async () => {
    const server = aServer({
      create: (_body, nth) => (nth === 2 ? err(refused('no')) : null),
      remove: () => err(timeout),
    });
    const written = await createCrons(two, server.writing);
    expect(written.ok ? '' : written.error.problem.hint).toContain(first);
  });

  it('ties the parts of one draft together', async () => {
    const server = aServer({});
    await createCrons(two, server.writing);
    const groups = [...server.crons.values()].map(({ metadata }) => metadata as Record<string, unknown>);
    expect(groups.map((one) => one.crondeck_part)).toEqual(['1 of 2', '2 of 2']);
    expect(new Set(groups.map((one) => one.crondeck_group)).size).toBe(1);
  });

  it('finds the cron where the server answers with a run, and says that it ran at once', async () => {
    const server = aServer({ create: () => ok({ run_id: 'r-1', status: 'pending' }) });
    const written = await createCrons(draft(), server.writing);
    expect(written).toMatchObject({
      ok: true,
      value: { crons: [{ cronId: first }], notes: [{ code: 'ran-at-once' }] },
    });
  });

  it('finds the cron where the answer was lost, instead of making it twice', async () => {
    const server = aServer({ create: () => err(timeout) });
    const written = await createCrons(draft(), server.writing);
    expect(written).toMatchObject({ ok: true, value: { notes: [{ code: 'reply-lost' }] } });
    expect(server.verbs('create')).toHaveLength(1);
  });

  it('takes an end date back at once where the server keeps it as text', async () => {
    const server = aServer({ keepsEndAsText: true });
    const written = await createCrons(
      draft({ end: { kind: 'at', atMs: Date.UTC(2027, 0, 1) } }),
      server.writing,
    );
    expect(written).toMatchObject({ ok: true, value: { notes: [{ code: 'end-undone' }] } });
    expect(server.crons.get(first)?.end_time).toBeNull();
  });

  it('deletes the cron again where such an end date cannot be taken back', async () => {
    const server = aServer({ keepsEndAsText: true, patch: () => err(timeout) });
    const written = await createCrons(
      draft({ end: { kind: 'at', atMs: Date.UTC(2027, 0, 1) } }),
      server.writing,
    );
    expect(written).toMatchObject({ ok: false, error: { problem: { field: 'end' } } });
    expect(server.crons.size).toBe(0);
  });

  it('makes the thread first where every run shall use a new one', async () => {
    const server = aServer({});
    const written = await createCrons(
      draft({ target: { kind: 'reused-thread' }, name: 'Memory' }),
      server.writing,
    );
    expect(written).toMatchObject({ ok: true, value: { madeThreadId: threadId } });
    expect(server.verbs('thread', 'create')).toEqual(['thread new', `create ${threadId}`]);
  });

  it('refuses without asking the server what can be known beforehand', async () => {
    const server = aServer({});
    const bad = await createCrons(
      draft({ schedules: ['61 * * * *'], input: { kind: 'json', text: '{' } }),
      server.writing,
    );
    expect(bad.ok ? [] : bad.error.problem.issues?.map(({ path }) => path[0])).toEqual([
      'input',
      'schedules',
    ]);
    const noZones = { ...server.writing, capabilities: { ...server.writing.capabilities, timezone: false } };
    expect(await createCrons(draft(), noZones)).toMatchObject({ error: { problem: { field: 'zone' } } });
    expect(server.calls).toEqual([]);
  });
});
