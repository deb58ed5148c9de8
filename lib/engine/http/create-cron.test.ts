import { describe, expect, test } from 'vitest';
import { anEngine } from '@/lib/engine/test-support/an-engine';

const THREAD = '7d0cf0e7-1111-4111-8111-111111111111';
const UNKNOWN = '0f9cf0e7-1111-4111-8111-111111111111';
const AGENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-5/;

describe('POST /runs/crons', () => {
  test('answers the stored cron with every field of the API', async () => {
    const engine = await anEngine();
    const { status, json } = await engine.call('POST', '/runs/crons', {
      assistant_id: 'agent',
      schedule: '27 15 * * *',
      timezone: 'Europe/Berlin',
      metadata: { owner: 'ann' },
      foo: 1,
    });
    expect(status).toBe(200);
    const cronId = String(json['cron_id']);
    expect(cronId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(json).toEqual({
      cron_id: cronId,
      assistant_id: expect.stringMatching(AGENT_ID),
      thread_id: null,
      on_run_completed: 'delete',
      end_time: null,
      schedule: '27 15 * * *',
      timezone: 'Europe/Berlin',
      created_at: '2026-03-02T12:00:00.000+00:00',
      updated_at: '2026-03-02T12:00:00.000+00:00',
      user_id: '',
      payload: {
        assistant_id: json['assistant_id'],
        schedule: '27 15 * * *',
        timezone: 'Europe/Berlin',
        metadata: { owner: 'ann' },
        foo: 1,
        config: { configurable: { cron_id: cronId } },
      },
      next_run_date: '2026-03-02T14:27:00.000+00:00',
      metadata: { owner: 'ann' },
      enabled: true,
      crondeck_last_firing: null,
    });
  });

  test('an assistant may be named by its id', async () => {
    const engine = await anEngine();
    const byName = await engine.call('POST', '/runs/crons', { assistant_id: 'agent', schedule: '@daily' });
    const id = String(byName.json['assistant_id']);
    const byId = await engine.call('POST', '/runs/crons', {
      assistant_id: id.toUpperCase(),
      schedule: '@daily',
    });
    expect(byId.json['assistant_id']).toBe(id);
  });

  test.each([
    ['2027-01-01T00:00:00Z', '2027-01-01T00:00:00.000+00:00'],
    ['2027-01-01T00:00:00+02:00', '2026-12-31T22:00:00.000+00:00'],
    ['2027-01-01T00:00:00', '2027-01-01T00:00:00.000+00:00'],
    ['2027-01-01T00:00:00.123456', '2027-01-01T00:00:00.123+00:00'],
    ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00.000+00:00'],
  ])('end_time %s is kept as %s', async (sent, kept) => {
    const engine = await anEngine();
    const created = await engine.call('POST', '/runs/crons', {
      assistant_id: 'agent',
      schedule: '@daily',
      end_time: sent,
    });
    expect(created.json['end_time']).toBe(kept);
  });

  test.each(['UTC', 'GMT', 'Zulu', 'US/Eastern', 'Etc/GMT+5', 'CET', 'EST5EDT'])(
    'zone %s is accepted',
    async (zone) => {
      const engine = await anEngine();
      const created = await engine.call('POST', '/runs/crons', {
        assistant_id: 'agent',
        schedule: '@daily',
        timezone: zone,
      });
      expect(created.status).toBe(200);
    },
  );
});

const bad = (json: Record<string, unknown>) => ({ assistant_id: 'agent', schedule: '* * * * *', ...json });

/** A text must be the whole detail, a pattern may name a part of it. */
function whole(detail: string | RegExp): RegExp {
  return typeof detail === 'string'
    ? new RegExp(`^${detail.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
    : detail;
}

describe('a refused create', () => {
  test.each<[string, unknown, number, string | RegExp]>([
    ['no JSON', 'x', 422, 'Invalid JSON in request body'],
    ['an empty body', '', 422, 'Invalid JSON in request body'],
    [
      'a number too large for JSON',
      '{"assistant_id":"agent","schedule":"@daily","input":{"a":1e999}}',
      422,
      'Invalid JSON in request body',
    ],
    [
      'a list',
      [],
      422,
      /^\[\] is not of type "object"\n\nFailed validating "type" in schema\n\nOn instance:\n {4}\[\]$/,
    ],
    ['no schedule', { assistant_id: 'agent' }, 422, /^"schedule" is a required property/],
    ['no assistant', { schedule: '@daily' }, 422, /^"assistant_id" is a required property/],
    [
      'a number as schedule',
      bad({ schedule: 5 }),
      422,
      '5 is not of type "string"\n\nFailed validating "type" in schema["properties"]["schedule"]\n\nOn instance["schedule"]:\n    5',
    ],
    [
      'an unknown on_run_completed',
      bad({ on_run_completed: 'x' }),
      422,
      /^"x" is not one of "delete" or "keep"\n\nFailed validating "enum"/,
    ],
    [
      'a nested wrong type',
      bad({ config: { tags: [1] } }),
      422,
      /^1 is not of type "string"\n\nFailed validating "type" in schema\["properties"\]\["config"\]\["properties"\]\["tags"\]\["items"\]\n\nOn instance\["config"\]\["tags"\]\[0\]/,
    ],
    [
      'text as input',
      bad({ input: 'hi' }),
      422,
      /^"hi" is not valid under any of the schemas listed in the 'anyOf' keyword/,
    ],
    ['an empty webhook', bad({ webhook: '' }), 422, /^"" is shorter than 1 character/],
    ['null as timezone', bad({ timezone: null }), 422, /^null is not of type "string"/],
    ['free text as end_time', bad({ end_time: 'tomorrow' }), 422, /^"tomorrow" is not a "date-time"/],
    ['a date no calendar has', bad({ end_time: '2027-02-30T00:00:00Z' }), 422, /is not a "date-time"/],
    ['an unknown graph', bad({ assistant_id: 'nope' }), 404, "Assistant 'nope' not found"],
    ['an unknown assistant id', bad({ assistant_id: UNKNOWN }), 404, `Assistant '${UNKNOWN}' not found`],
    ['half a character as assistant', '{"assistant_id":"\\ud800","schedule":"@daily"}', 404, /^Assistant '/],
    ['an empty assistant', bad({ assistant_id: '' }), 404, "Assistant '' not found"],
    [
      'an unknown zone',
      bad({ timezone: 'Mars/Base' }),
      422,
      "Invalid timezone: 'Mars/Base'. Use IANA timezone format (e.g. 'America/New_York').",
    ],
    [
      'a zone in small letters',
      bad({ timezone: 'europe/berlin' }),
      422,
      /^Invalid timezone: 'europe\/berlin'/,
    ],
    ['an offset as zone', bad({ timezone: '+02:00' }), 422, /^Invalid timezone/],
    ['an empty zone', bad({ timezone: '' }), 400, 'ZoneInfo keys must be normalized relative paths, got: '],
    [
      'a zone that climbs',
      bad({ timezone: '../etc' }),
      400,
      'ZoneInfo keys must refer to subdirectories of TZPATH, got: ../etc',
    ],
    [
      'an invalid schedule',
      bad({ schedule: 'bad' }),
      422,
      "Invalid cron schedule: 'bad'. Reason: Invalid cron schedule. Ensure the schedule uses the standard cron format (minute hour day_of_month month day_of_week). Example: '*/5 * * * *' for every 5 minutes.",
    ],
    ['a schedule that never runs', bad({ schedule: '0 0 30 2 *' }), 400, 'failed to find next date'],
  ])('%s', async (_name, body, status, detail) => {
    const engine = await anEngine();
    const answer = await engine.call('POST', '/runs/crons', body);
    expect(answer.status).toBe(status);
    expect(answer.json['detail']).toMatch(whole(detail));
    expect(await engine.store.crons.count({})).toBe(0);
  });

  test('JSON nested deeper than 254 levels is no JSON for the server', async () => {
    const engine = await anEngine();
    const deep = (depth: number) =>
      `{"assistant_id":"agent","schedule":"@daily","input":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    expect((await engine.call('POST', '/runs/crons', deep(253))).status).toBe(200);
    expect((await engine.call('POST', '/runs/crons', deep(254))).status).toBe(422);
    expect((await engine.call('POST', '/runs/crons', deep(12_000))).json).toEqual({
      detail: 'Invalid JSON in request body',
    });
  });

  test('a body over the limit is 413, whatever length it declares', async () => {
    const engine = await anEngine();
    const large = JSON.stringify(bad({ input: { text: 'x'.repeat(100_001) } }));
    const declared = await engine.call('POST', '/runs/crons', large);
    const lying = await engine.front.request('/runs/crons', {
      method: 'POST',
      body: large,
      headers: { 'content-length': '10' },
    });
    expect(declared.status).toBe(413);
    expect(lying.status).toBe(413);
    expect(await engine.store.crons.count({})).toBe(0);
  });

  test('with the Agent Server down nothing is stored and the answer may be retried', async () => {
    const engine = await anEngine();
    engine.server.control.weather = 'down';
    const answer = await engine.call('POST', '/runs/crons', bad({}));
    expect(answer.status).toBe(503);
    expect(answer.json).toEqual({ detail: expect.stringContaining('Nothing was stored') });
    expect(await engine.store.crons.count({})).toBe(0);
  });

  test.each([401, 403])('the Agent Server’s own %i for the caller is handed on', async (status) => {
    const engine = await anEngine();
    engine.server.control.weather = { status };
    expect((await engine.call('POST', '/runs/crons', bad({}))).status).toBe(status);
  });

  test('assistant, time zone and schedule are judged in that order', async () => {
    const engine = await anEngine();
    const all = { schedule: 'bad', timezone: 'bad', assistant_id: 'nope' };
    expect((await engine.call('POST', '/runs/crons', all)).status).toBe(404);
    const known = await engine.call('POST', '/runs/crons', { ...all, assistant_id: 'agent' });
    expect(known.json).toEqual({ detail: expect.stringContaining('Invalid timezone') });
    // An id is only looked at after time zone and schedule.
    const byId = await engine.call('POST', '/runs/crons', { ...all, assistant_id: UNKNOWN });
    expect(byId.json).toEqual({ detail: expect.stringContaining('Invalid timezone') });
  });
});

describe('POST /threads/{thread_id}/runs/crons', () => {
  test('belongs to the thread and has no on_run_completed, even if one is sent', async () => {
    const engine = await anEngine();
    engine.server.addThread(THREAD);
    const created = await engine.call(
      'POST',
      `/threads/${THREAD}/runs/crons`,
      bad({ on_run_completed: 'keep' }),
    );
    expect(created.json).toMatchObject({ thread_id: THREAD, on_run_completed: null });
  });

  test('an id that is no UUID is 422', async () => {
    const engine = await anEngine();
    const answer = await engine.call('POST', '/threads/abc/runs/crons', bad({}));
    expect([answer.status, answer.json]).toEqual([422, { detail: 'Invalid thread ID: must be a UUID' }]);
  });

  test('an unknown thread is 404', async () => {
    const engine = await anEngine();
    const answer = await engine.call('POST', `/threads/${UNKNOWN}/runs/crons`, bad({}));
    expect([answer.status, answer.json]).toEqual([
      404,
      {
        detail: `Thread with ID '${UNKNOWN}' not found. Please verify the ID is correct and the thread hasn't been deleted or expired.`,
      },
    ]);
  });
});
