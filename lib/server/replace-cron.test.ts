import { describe, expect, it } from 'vitest';
import { cronId } from '@/lib/crons/a-cron.test-data';
import { err } from '@/lib/result';
import { replaceCron } from './replace-cron';
import { aServer, first, opened, refused, stored, timeout } from './write-crons.test-data';

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
