import { expect } from 'vitest';
import { send } from './api';
import { mustBe, mustSay } from './exchange';
import { aCron, aThread, patchCron, storedCron } from './builders';
import { contract } from './contract-case';

const unknownId = '00000000-0000-4000-8000-000000000000';
const paused = { enabled: false } as const;

contract('patch/answers-cron', 'the changed cron is answered and stored, the rest untouched', async () => {
  const { marker, ...cron } = await aCron({ ...paused, timezone: 'Europe/Berlin', metadata: { a: 1 } });
  const changed = await patchCron(cron.cron_id, { on_run_completed: 'keep' });
  expect(changed).toMatchObject({
    cron_id: cron.cron_id,
    schedule: cron.schedule,
    next_run_date: cron.next_run_date,
    metadata: cron.metadata,
    created_at: cron.created_at,
    on_run_completed: 'keep',
    enabled: false,
  });
  expect(await storedCron(marker)).toEqual(changed);
});

contract('patch/updated-at', 'updated_at moves, created_at does not', async () => {
  const { cron_id, created_at, updated_at } = await aCron(paused);
  const changed = await patchCron(cron_id, { metadata: { x: 1 } });
  expect(Date.parse(changed.updated_at)).toBeGreaterThan(Date.parse(updated_at));
  expect(changed.created_at).toBe(created_at);
});

contract('patch/schedule-recomputes', 'a new schedule gives a new next run', async () => {
  const { cron_id } = await aCron({ ...paused, schedule: '27 15 * * *' });
  const { schedule, next_run_date } = await patchCron(cron_id, { schedule: '5 4 * * *' });
  expect(schedule).toBe('5 4 * * *');
  expect(new Date(next_run_date ?? 0).toISOString()).toMatch(/T04:05:00\.000Z$/);
});

contract('patch/schedule-keeps-zone', 'a new schedule is read in the stored zone', async () => {
  const { cron_id } = await aCron({ ...paused, timezone: 'Asia/Kolkata' });
  const { next_run_date } = await patchCron(cron_id, { schedule: '0 9 * * *' });
  expect(new Date(next_run_date ?? 0).toISOString()).toMatch(/T03:30:00\.000Z$/);
});

contract('patch/zone-recomputes', 'a new zone alone gives a new next run', async () => {
  const { cron_id } = await aCron({ ...paused, schedule: '0 9 * * *' });
  const { next_run_date } = await patchCron(cron_id, { timezone: 'Asia/Kolkata' });
  expect(new Date(next_run_date ?? 0).toISOString()).toMatch(/T03:30:00\.000Z$/);
});

contract('patch/metadata-merges', 'metadata is merged at the top level', async () => {
  const { cron_id, marker } = await aCron({ ...paused, metadata: { a: { x: 1 }, b: 2 } });
  const { metadata } = await patchCron(cron_id, { metadata: { a: { y: 2 }, c: null } });
  expect(metadata).toEqual({ a: { y: 2 }, b: 2, c: null, marker });
});

contract(
  'patch/payload-metadata-replaced',
  "the payload's own copy of the metadata is the patch's",
  async () => {
    const { cron_id } = await aCron({ ...paused, metadata: { a: 1 } });
    const { payload } = await patchCron(cron_id, { metadata: { b: 2 } });
    expect(payload.metadata).toEqual({ b: 2 });
  },
);

contract('patch/input', 'input is replaced in the payload', async () => {
  const { cron_id } = await aCron({ ...paused, input: { messages: [], a: 1 } });
  const { payload } = await patchCron(cron_id, { input: { messages: [], b: 2 } });
  expect(payload.input).toEqual({ messages: [], b: 2 });
});

contract('patch/payload-merges', 'keys of the payload that are not named stay', async () => {
  const { cron_id } = await aCron({ ...paused, interrupt_before: ['work'], config: { tags: ['a'] } });
  const { payload } = await patchCron(cron_id, { input: { messages: [], b: 2 } });
  expect(payload).toMatchObject({ interrupt_before: ['work'], config: { tags: ['a'] } });
});

contract('patch/config-replaced', 'config is replaced as one', async () => {
  const { cron_id } = await aCron({ ...paused, config: { tags: ['a'], recursion_limit: 7 } });
  const { payload } = await patchCron(cron_id, { config: { tags: ['b'] } });
  expect(payload.config).toMatchObject({ tags: ['b'] });
  expect(payload.config).not.toHaveProperty('recursion_limit');
});

contract('patch/cron-id-again', 'the id is stamped again into a replaced config', async () => {
  const { cron_id } = await aCron(paused);
  const { payload } = await patchCron(cron_id, { config: { configurable: { tone: 'dry' } } });
  expect(payload).toMatchObject({ config: { configurable: { tone: 'dry', cron_id } } });
});

contract('patch/target-stays', 'assistant_id and thread_id are ignored', async () => {
  const threadId = await aThread();
  const { cron_id, assistant_id } = await aCron(paused);
  const changed = await patchCron(cron_id, { assistant_id: 'nope', thread_id: threadId, enabled: false });
  expect(changed).toMatchObject({ assistant_id, thread_id: null });
});

contract('patch/unknown-keys', 'unknown keys are merged into the payload', async () => {
  const { cron_id } = await aCron(paused);
  const { payload } = await patchCron(cron_id, { multitask_strategy: 'reject', foo: 1 });
  expect(payload).toMatchObject({ multitask_strategy: 'reject', foo: 1 });
});

contract('patch/enabled', 'enabled flips the flag and leaves the date alone', async () => {
  const { cron_id, next_run_date } = await aCron(paused);
  expect(await patchCron(cron_id, { enabled: true })).toMatchObject({ enabled: true, next_run_date });
  expect(await patchCron(cron_id, { enabled: false })).toMatchObject({ enabled: false, next_run_date });
});

contract('patch/end-time', 'an end date is set', async () => {
  const { cron_id } = await aCron(paused);
  const { end_time } = await patchCron(cron_id, { end_time: '2035-01-01T00:00:00Z' });
  expect(Date.parse(end_time ?? '')).toBe(Date.UTC(2035, 0, 1));
});

contract('patch/end-time-null', 'null clears the end date', async () => {
  const { cron_id } = await aCron({ ...paused, end_time: '2035-01-01T00:00:00Z' });
  expect(await patchCron(cron_id, { end_time: null })).toMatchObject({ end_time: null });
});

contract('patch/end-time-text', 'an end date that is no date is refused', async () => {
  const { cron_id } = await aCron(paused);
  mustBe(422, await send('PATCH', `/runs/crons/${cron_id}`, { end_time: 'tomorrow' }));
});

contract('patch/after-run-on-thread', 'a thread cron may be given on_run_completed later', async () => {
  const { cron_id } = await aCron(paused, await aThread());
  expect(await patchCron(cron_id, { on_run_completed: 'keep' })).toMatchObject({ on_run_completed: 'keep' });
});

contract('patch/empty', 'an empty body is 400', async () => {
  const { cron_id } = await aCron(paused);
  mustSay('Request body cannot be empty', mustBe(400, await send('PATCH', `/runs/crons/${cron_id}`, {})));
});

contract('patch/unknown', 'an unknown cron is 404', async () => {
  mustBe(404, await send('PATCH', `/runs/crons/${unknownId}`, { enabled: true }));
});

contract('patch/unknown.text', 'and says so', async () => {
  mustSay(
    `Cron '${unknownId}' not found`,
    await send('PATCH', `/runs/crons/${unknownId}`, { enabled: true }),
  );
});

contract('patch/not-uuid', 'an id that is no UUID is 422', async () => {
  mustSay(
    'Invalid cron ID: must be a UUID',
    mustBe(422, await send('PATCH', '/runs/crons/x', { enabled: true })),
  );
});

const refusals: readonly (readonly [
  name: string,
  body: Record<string, unknown>,
  status: number,
  text: string,
])[] = [
  ['timezone-null', { timezone: null }, 422, 'null is not of type "string"'],
  ['schedule-null', { schedule: null }, 422, 'null is not of type "string"'],
  ['metadata-null', { metadata: null }, 422, 'null is not of type "object"'],
  ['webhook-null', { webhook: null }, 422, 'null is not of type "string"'],
  ['input-null', { input: null }, 422, 'null is not valid under any of the schemas'],
  ['schedule-bad', { schedule: 'bad' }, 422, "Invalid cron schedule: 'bad'."],
  ['schedule-never', { schedule: '0 0 30 2 *' }, 400, 'failed to find next date'],
  ['timezone-bad', { timezone: 'x' }, 422, "Invalid timezone: 'x'."],
  ['enabled-text', { enabled: 'yes' }, 422, '"yes" is not of type "boolean"'],
  ['after-run', { on_run_completed: 'x' }, 422, '"x" is not one of "delete" or "keep"'],
];

for (const [name, body, status, text] of refusals) {
  const ask = async () => send('PATCH', `/runs/crons/${(await aCron(paused)).cron_id}`, body);
  contract(`patch/refuses-${name}`, `with ${status}`, async () => {
    mustBe(status, await ask());
  });
  contract(`patch/refuses-${name}.text`, 'and the text says why', async () => mustSay(text, await ask()));
}
