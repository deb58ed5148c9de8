import { describe, expect, it } from 'vitest';
import { cronId } from '@/lib/crons/a-cron.test-data';
import { cronToDraft } from '@/lib/crons/cron-to-draft';
import { err } from '@/lib/result';
import { updateCron } from './update-cron';
import { aServer, opened, refused, stored, timeout } from './write-crons.test-data';

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
