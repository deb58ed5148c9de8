import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import type { ActivityEntry, SelectionSeen } from '@/lib/crons/activity';
import type { Lease } from '@/lib/crons/lease';
import { startApi, type ApiRig } from './api.test-data';
import { call, follow } from './changes.test-data';
import * as lease from './deployments/[deployment]/lease/route';
import * as leaseCheck from './deployments/[deployment]/lease/check/route';
import * as leaseRestore from './deployments/[deployment]/lease/restore/route';

let bench: RunningBench;
let api: ApiRig;

beforeAll(async () => {
  api = await startApi({ crons: 120, threads: 20, assistants: 4 });
  ({ bench } = api);
});
afterAll(() => api.close());

describe('pausing everything', () => {
  test('remembers what was active and restores exactly that', async () => {
    const before = new Map(bench.store.crons.all().map((row) => [row.cron_id, row.enabled]));
    const { json: now } = await call<SelectionSeen, object>(leaseCheck.POST, {}, {});
    expect(now.count).toBe([...before.values()].filter(Boolean).length);
    const body = { restoreAtMs: null, seen: { count: now.count, digest: now.digest } };
    const paused = await call<{ lease: Lease; entry: ActivityEntry }, object>(lease.POST, {}, body);
    expect([paused.status, paused.json.lease.state]).toEqual([202, 'active']);
    await follow(paused.json.entry.entryId);
    expect(bench.store.crons.all().filter((row) => row.enabled)).toEqual([]);

    const { json: none } = await call<SelectionSeen, object>(leaseCheck.POST, {}, {});
    const again = await call<{ problem: { code: string } }, object>(
      lease.POST,
      {},
      { restoreAtMs: null, seen: { count: none.count, digest: none.digest } },
    );
    expect(again.status).toBeGreaterThanOrEqual(400);

    const restored = await call<{ lease: Lease; entry: ActivityEntry }, object>(leaseRestore.POST, {}, {});
    expect(restored.json.lease.state).toBe('restored');
    await follow(restored.json.entry.entryId);
    expect(new Map(bench.store.crons.all().map((row) => [row.cron_id, row.enabled]))).toEqual(before);
  });

  test('refuses a time that has passed', async () => {
    const { json: now } = await call<SelectionSeen, object>(leaseCheck.POST, {}, {});
    const { status } = await call(
      lease.POST,
      {},
      { restoreAtMs: 1, seen: { count: now.count, digest: now.digest } },
    );
    expect(status).toBe(400);
  });
});
