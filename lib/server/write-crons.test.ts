import { describe, expect, it } from 'vitest';
import { aCron, assistantId, cronId, threadId } from '@/lib/crons/a-cron.test-data';
import { emptyDraft, type CronDraft } from '@/lib/crons/cron-draft';
import { cronToDraft } from '@/lib/crons/cron-to-draft';
import { parseCron } from '@/lib/crons/parse-cron';
import { ok, err, type Result } from '@/lib/result';
import { createCrons } from './create-crons';
import type { CronWriting } from './cron-writing';
import { replaceCron } from './replace-cron';
import { updateCron } from './update-cron';
import type { UpstreamProblem } from './upstream-problem';

const nowMs = Date.UTC(2026, 10, 21, 8);
type Wire = Record<string, unknown> & { cron_id: string };
type Call = readonly [verb: string, subject: string, body?: unknown];

const refused = (message: string): UpstreamProblem => ({
  code: 'refused',
  status: 422,
  message,
  hint: 'Change it.',
});
const timeout: UpstreamProblem = { code: 'timeout', message: 'No answer in time.', hint: 'Wait.' };

/** A server in memory. `behave` changes what it answers. */
function aServer(behave: {
  create?: (
    body: Record<string, unknown>,
    nth: number,
  ) => Result<Record<string, unknown>, UpstreamProblem> | null;
  patch?: (id: string, body: Record<string, unknown>) => Result<never, UpstreamProblem> | null;
  remove?: (id: string) => Result<never, UpstreamProblem> | null;
  keepsEndAsText?: boolean;
}) {
  const crons = new Map<string, Wire>();
  const calls: Call[] = [];
  let made = 0;
  const endOf = (text: unknown) =>
    typeof text !== 'string' ? null : behave.keepsEndAsText ? text : new Date(text).toISOString();
  const store = (body: Record<string, unknown>, thread: string | null): Wire => {
    made += 1;
    const id = `0197a1b2-c3d4-7e5f-8a9b-00000000000${made}`;
    const wire = {
      cron_id: id,
      assistant_id: assistantId,
      thread_id: thread,
      schedule: body.schedule,
      timezone: body.timezone ?? null,
      end_time: endOf(body.end_time),
      on_run_completed: body.on_run_completed ?? null,
      enabled: body.enabled ?? true,
      metadata: body.metadata ?? {},
      next_run_date: '2026-11-23T08:00:00+00:00',
      payload: body,
    };
    crons.set(id, wire);
    return wire;
  };
  const parsed = (wire: Wire | undefined) => {
    const read = parseCron(wire);
    return read.ok
      ? ok(read.value)
      : err({ code: 'not-found', status: 404, message: 'Not Found.', hint: 'Gone.' } as UpstreamProblem);
  };
  const create = (thread: string | null, body: Record<string, unknown>) => {
    calls.push(['create', thread ?? 'stateless', body]);
    const told = behave.create?.(body, made + 1);
    if (told && !told.ok && told.error.code === 'refused') return Promise.resolve(told);
    const wire = store(body, thread);
    return Promise.resolve(told ?? ok(wire));
  };
  const client: CronWriting['client'] = {
    createCron: (body) => create(null, body),
    createThreadCron: (thread, body) => create(thread, body),
    createThread: (body) => {
      calls.push(['thread', 'new', body]);
      return Promise.resolve(ok({ thread_id: threadId }));
    },
    searchCrons: () => Promise.resolve(ok([...crons.values()].toReversed())),
    patchCron: (id, body) => {
      calls.push(['patch', id, body]);
      const told = behave.patch?.(id, body);
      if (told) return Promise.resolve(told);
      const before = crons.get(id);
      if (!before) return Promise.resolve(parsed(undefined));
      const { metadata, ...rest } = body as Record<string, unknown>;
      const end = 'end_time' in rest ? { end_time: endOf(rest.end_time) } : {};
      crons.set(id, {
        ...before,
        ...rest,
        ...end,
        metadata: { ...(before.metadata as object), ...(metadata as object) },
      });
      return Promise.resolve(parsed(crons.get(id)));
    },
    deleteCron: (id) => {
      calls.push(['delete', id]);
      const told = behave.remove?.(id);
      if (told) return Promise.resolve(told);
      crons.delete(id);
      return Promise.resolve(ok(null));
    },
  };
  let ids = 0;
  const writing: CronWriting = {
    client,
    capabilities: {
      patch: true,
      enabled: true,
      timezone: true,
      metadataFilter: true,
      getCron: true,
      count: true,
      select: true,
      firings: false,
    },
    reading: 'seconds-last',
    readCron: (id) => Promise.resolve(parsed(crons.get(id))),
    stored: (cron) => calls.push(['stored', cron.cronId]),
    removed: (id) => calls.push(['removed', id]),
    now: () => nowMs,
    newId: () => `id-${(ids += 1)}`,
  };
  const verbs = (...wanted: string[]) =>
    calls.filter(([verb]) => wanted.includes(verb)).map(([verb, subject]) => `${verb} ${subject}`);
  return { writing, calls, crons, verbs, put: (wire: Wire) => crons.set(wire.cron_id, wire) };
}

const draft = (part: Partial<CronDraft> = {}): CronDraft => ({
  ...emptyDraft('Europe/Berlin'),
  assistantId,
  input: { kind: 'message', text: 'Summarise the news.' },
  ...part,
});
const first = '0197a1b2-c3d4-7e5f-8a9b-000000000001';
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

const stored: Wire = {
  cron_id: cronId,
  assistant_id: assistantId,
  thread_id: null,
  on_run_completed: 'keep',
  schedule: '0 9 * * 1-5',
  timezone: 'Europe/Berlin',
  end_time: null,
  enabled: true,
  next_run_date: '2026-11-23T08:00:00+00:00',
  metadata: { name: 'Morning news', crondeck_group: 'g', crondeck_part: '1 of 2' },
  payload: { input: { topic: 'news' }, webhook: 'https://example.com/hook' },
};
const storedCron = aCron({ metadata: stored.metadata as never, payload: stored.payload as never });
const opened = cronToDraft(storedCron);

describe('updateCron', () => {
  it('sends nothing for a draft that is unchanged', async () => {
    const server = aServer({});
    server.put(stored);
    expect(await updateCron(cronId, opened, opened, server.writing)).toMatchObject({ ok: true });
    expect(server.verbs('patch')).toEqual([]);
  });

  it('reads back what is stored and says where it is not what was sent', async () => {
    const server = aServer({});
    server.put(stored);
    const ignoring = server.writing.client.patchCron;
    server.writing.client.patchCron = (id, body) => ignoring(id, { ...body, timezone: 'Europe/Berlin' });
    const written = await updateCron(cronId, opened, { ...opened, zone: 'UTC', name: 'B' }, server.writing);
    expect(written).toMatchObject({ ok: true, value: { notes: [{ code: 'not-as-sent' }] } });
  });

  it('tells what a refusing server changed all the same', async () => {
    const server = aServer({
      patch: (id) => {
        server.put({ ...stored, cron_id: id, timezone: 'UTC' });
        return err(refused("Invalid cron schedule: 'x'."));
      },
    });
    server.put(stored);
    const written = await updateCron(
      cronId,
      opened,
      { ...opened, zone: 'UTC', schedules: ['0 10 * * *'] },
      server.writing,
    );
    expect(written).toMatchObject({
      ok: false,
      error: { status: 422, problem: { field: 'schedules', current: { zone: 'UTC' } } },
    });
    expect(written.ok ? '' : written.error.problem.hint).toContain('Time zone');
  });

  it('counts as saved when the answer was lost but the change is stored', async () => {
    const server = aServer({});
    server.put(stored);
    const really = server.writing.client.patchCron;
    server.writing.client.patchCron = async (id, body) => {
      await really(id, body);
      return err(timeout);
    };
    expect(await updateCron(cronId, opened, { ...opened, name: 'B' }, server.writing)).toMatchObject({
      ok: true,
    });
  });

  it('takes an end date back where the server keeps it as text', async () => {
    const server = aServer({ keepsEndAsText: true });
    server.put(stored);
    const written = await updateCron(
      cronId,
      opened,
      { ...opened, end: { kind: 'at', atMs: Date.UTC(2027, 0, 1) } },
      server.writing,
    );
    expect(written).toMatchObject({ ok: true, value: { notes: [{ code: 'end-undone' }] } });
    expect(server.crons.get(cronId)?.end_time).toBeNull();
  });

  it('asks for a replacement instead of ignoring what cannot be changed in place', async () => {
    const server = aServer({});
    server.put(stored);
    const written = await updateCron(cronId, opened, { ...opened, webhook: '' }, server.writing);
    expect(written).toMatchObject({
      ok: false,
      error: { status: 409, problem: { code: 'needs-replacing' } },
    });
  });

  it('answers a cron that is gone with not found', async () => {
    const written = await updateCron(cronId, opened, { ...opened, name: 'B' }, aServer({}).writing);
    expect(written).toMatchObject({ ok: false, error: { status: 404 } });
  });
});

describe('an edit of a cron made elsewhere', () => {
  it('links it to its runs, and keeps the metadata it had', async () => {
    const server = aServer({});
    server.put({ ...stored, metadata: { name: 'A', tenant: 'x' } });
    const read = await server.writing.readCron(cronId);
    if (!read.ok) throw new Error(read.error.message);
    const asMade = cronToDraft(read.value);
    await updateCron(cronId, asMade, { ...asMade, zone: 'UTC' }, server.writing);
    expect(server.crons.get(cronId)?.metadata).toEqual({ name: 'A', tenant: 'x', crondeck_cron: cronId });
  });
});

describe('replaceCron', () => {
  it('makes the new cron before it deletes the old one, and keeps what they were made with', async () => {
    const server = aServer({});
    server.put(stored);
    const written = await replaceCron(cronId, opened, { ...opened, webhook: '' }, server.writing);
    expect(written).toMatchObject({ ok: true, value: { crons: [{ cronId: first }], notes: [] } });
    expect(server.verbs('create', 'delete')).toEqual(['create stateless', `delete ${cronId}`]);
    expect(server.crons.get(first)?.metadata).toMatchObject({ crondeck_group: 'g', crondeck_part: '1 of 2' });
  });

  it('deletes nothing when the new cron is refused', async () => {
    const server = aServer({ create: () => err(refused('no')) });
    server.put(stored);
    expect((await replaceCron(cronId, opened, { ...opened, webhook: '' }, server.writing)).ok).toBe(false);
    expect([...server.crons.keys()]).toEqual([cronId]);
  });

  it('leaves both and says so when the old one cannot be deleted', async () => {
    const server = aServer({ remove: () => err(timeout) });
    server.put(stored);
    const written = await replaceCron(cronId, opened, { ...opened, webhook: '' }, server.writing);
    expect(written).toMatchObject({ ok: true, value: { notes: [{ code: 'old-one-left' }] } });
    expect(server.crons.size).toBe(2);
  });

  it("keeps a colleague's change to another field", async () => {
    const server = aServer({});
    server.put({ ...stored, schedule: '0 7 * * *' });
    await replaceCron(cronId, opened, { ...opened, webhook: '' }, server.writing);
    expect(server.crons.get(first)?.schedule).toBe('0 7 * * *');
  });
});
