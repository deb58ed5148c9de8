import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aCron, anyCron, assistantId, cronId, threadId } from '@/lib/crons/a-cron.test-data';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { CronCreate } from '@/lib/crons/draft-to-wire';
import { parseCron } from '@/lib/crons/parse-cron';
import { cronToCreate } from './cron-to-create';

const newId = '0197ffff-c3d4-7e5f-8a9b-000000000001';

/** What the Agent Server makes of a create: it keeps the whole body as payload and stamps the new id into the config. */
function asStored({ threadId: thread, body }: CronCreate, id = newId): Cron {
  const sent = JSON.parse(JSON.stringify(body)) as JsonObject;
  const config = isJsonObject(sent.config) ? sent.config : {};
  const configurable = isJsonObject(config.configurable) ? config.configurable : {};
  const stampable =
    (sent.config === undefined || isJsonObject(sent.config)) &&
    (config.configurable === undefined || isJsonObject(config.configurable));
  const wire = {
    cron_id: id,
    assistant_id: sent.assistant_id,
    thread_id: thread,
    on_run_completed: thread === null ? (sent.on_run_completed ?? 'delete') : null,
    end_time: sent.end_time ?? null,
    schedule: sent.schedule,
    timezone: sent.timezone ?? null,
    enabled: sent.enabled ?? true,
    metadata: sent.metadata ?? {},
    next_run_date: '2027-01-01T00:00:00+00:00',
    created_at: '2026-12-01T00:00:00+00:00',
    updated_at: '2026-12-01T00:00:00+00:00',
    user_id: '',
    payload: {
      ...sent,
      ...(stampable && { config: { ...config, configurable: { ...configurable, cron_id: id } } }),
    },
  };
  const parsed = parseCron(wire);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

/** Everything about a cron but ids and times: what it says of itself, and what the server would hand to its runs. */
function essence(cron: Cron) {
  const {
    cronId: id,
    createdMs: _c,
    updatedMs: _u,
    nextRunMs: _n,
    userId: _who,
    metadata,
    payload,
    end,
    ...rest
  } = cron;
  const { crondeck_cron: own, crondeck_request: _request, ...kept } = metadata;
  const lagging = [
    'assistant_id',
    'schedule',
    'timezone',
    'enabled',
    'end_time',
    'metadata',
    'on_run_completed',
  ];
  const forRuns = Object.entries(payload).filter(([key, value]) => !lagging.includes(key) && value !== null);
  return {
    ...rest,
    end: end.kind === 'at' ? { kind: 'at', atMs: end.atMs } : end,
    metadata: own === undefined || own === id ? kept : { ...kept, crondeck_cron: own },
    payload: withoutStamp(Object.fromEntries(forRuns), id),
  };
}

function withoutStamp(payload: JsonObject, id: string): JsonObject {
  const { config, ...rest } = payload;
  if (config === undefined || !isJsonObject(config)) return payload;
  const { configurable, ...others } = config;
  if (configurable !== undefined && !isJsonObject(configurable)) return payload;
  const own = Object.entries(configurable ?? {}).filter(
    ([key, value]) => !(key === 'cron_id' && value === id),
  );
  const cleaned = { ...others, ...(own.length > 0 && { configurable: Object.fromEntries(own) }) };
  return Object.keys(cleaned).length > 0 ? { ...rest, config: cleaned } : rest;
}

describe('making a deleted cron again', () => {
  test('gives back every cron the API can hold, but for ids and times', () => {
    fc.assert(
      fc.property(anyCron, fc.boolean(), (cron, timezone) => {
        const restored = asStored(cronToCreate(cron, { timezone }));
        expect(essence(restored)).toEqual(essence(JSON.parse(JSON.stringify(cron)) as Cron));
        expect(restored.cronId).not.toBe(cron.cronId);
      }),
      { numRuns: 2000 },
    );
  });

  test('gives back what was itself restored before', () => {
    fc.assert(
      fc.property(anyCron, (cron) => {
        const once = asStored(cronToCreate(cron, { timezone: true }));
        const twice = asStored(
          cronToCreate(once, { timezone: true }),
          '0197ffff-c3d4-7e5f-8a9b-000000000002',
        );
        expect(essence(twice)).toEqual(essence(once));
      }),
    );
  });

  test('takes schedule, zone, end, metadata and paused from the cron where the stored body lags behind', () => {
    const cron = aCron({
      enabled: false,
      schedule: '0 7 * * *',
      zone: 'Asia/Tokyo',
      end: { kind: 'at', atMs: Date.UTC(2027, 0, 1), text: '2027-01-01T00:00:00+00:00' },
      metadata: { name: 'Now' },
      payload: {
        schedule: '* * * * *',
        timezone: 'UTC',
        enabled: true,
        end_time: 'x',
        metadata: { name: 'Then' },
      },
    });
    expect(cronToCreate(cron, { timezone: true })).toEqual({
      threadId: null,
      body: {
        assistant_id: assistantId,
        schedule: '0 7 * * *',
        timezone: 'Asia/Tokyo',
        end_time: '2027-01-01T00:00:00.000Z',
        enabled: false,
        on_run_completed: 'keep',
        metadata: { name: 'Now' },
      },
    });
  });

  test('does not give a cron with a context a configuration that only the server had stamped', () => {
    const payload = {
      context: { user: 'u' },
      config: { configurable: { cron_id: cronId, langgraph_auth_user_id: 'x' } },
    };
    const { body } = cronToCreate(aCron({ payload }), { timezone: true });
    expect(body).not.toHaveProperty('config');
    expect(body.context).toEqual({ user: 'u' });
  });

  test('sends a thread cron to its thread and says nothing about deleting it', () => {
    const create = cronToCreate(aCron({ target: { kind: 'thread', threadId } }), { timezone: true });
    expect(create.threadId).toBe(threadId);
    expect(create.body).not.toHaveProperty('on_run_completed');
  });

  test('keeps an id somebody wrote into the metadata for a purpose of their own', () => {
    const { body } = cronToCreate(aCron({ metadata: { crondeck_cron: 'ticket-7' } }), { timezone: true });
    expect(body.metadata).toEqual({ crondeck_cron: 'ticket-7' });
  });
});
