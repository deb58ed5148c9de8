import { expect } from 'vitest';
import { send } from './api';
import { mustBe, mustSay, type Reply } from './exchange';
import { aCron, aCronBody, anAssistant, aThread, createRaw, storedCron } from './builders';
import { contract } from './contract-case';
import { searchCrons, type WireCron } from './wire';

type Refusal = readonly [name: string, fields: Record<string, unknown>, status: number, text: string];

const unknownId = '00000000-0000-4000-8000-000000000000';
const badSchedule = (text: string) => `Invalid cron schedule: '${text}'. Reason: Invalid cron schedule.`;
const badZone = (text: string) =>
  `Invalid timezone: '${text}'. Use IANA timezone format (e.g. 'America/New_York').`;

/** Bodies that no server may store: the field at fault is the only one that is wrong. */
const refusals: readonly Refusal[] = [
  ['assistant-unknown-name', { assistant_id: 'nope' }, 404, "Assistant 'nope' not found"],
  ['assistant-unknown-id', { assistant_id: unknownId }, 404, `Assistant '${unknownId}' not found`],
  ['assistant-number', { assistant_id: 5 }, 422, '5 is not valid under any of the schemas'],
  ['schedule-text', { schedule: 'bad' }, 422, badSchedule('bad')],
  ['schedule-empty', { schedule: '' }, 422, badSchedule('')],
  ['schedule-three-fields', { schedule: '* * *' }, 422, badSchedule('* * *')],
  ['schedule-minute-60', { schedule: '60 * * * *' }, 422, badSchedule('60 * * * *')],
  ['schedule-reboot', { schedule: '@reboot' }, 422, badSchedule('@reboot')],
  ['schedule-hash', { schedule: 'H * * * *' }, 422, badSchedule('H * * * *')],
  ['schedule-number', { schedule: 5 }, 422, '5 is not of type "string"'],
  ['schedule-never', { schedule: '0 0 30 2 *' }, 400, 'failed to find next date'],
  ['timezone-unknown', { timezone: 'Mars/Olympus' }, 422, badZone('Mars/Olympus')],
  ['timezone-lower-case', { timezone: 'europe/berlin' }, 422, badZone('europe/berlin')],
  ['timezone-offset', { timezone: '+02:00' }, 422, badZone('+02:00')],
  ['timezone-blank-around', { timezone: ' UTC' }, 422, badZone(' UTC')],
  ['timezone-local', { timezone: 'local' }, 422, badZone('local')],
  ['timezone-null', { timezone: null }, 422, 'null is not of type "string"'],
  ['timezone-number', { timezone: 5 }, 422, '5 is not of type "string"'],
  ['input-number', { input: 5 }, 422, '5 is not valid under any of the schemas'],
  ['input-array-of-numbers', { input: [1] }, 422, '[1] is not valid under any of the schemas'],
  ['metadata-array', { metadata: [] }, 422, '[] is not of type "object"'],
  ['config-null', { config: null }, 422, 'null is not of type "object"'],
  ['config-tags', { config: { tags: [1] } }, 422, '1 is not of type "string"'],
  ['config-recursion-limit', { config: { recursion_limit: 'x' } }, 422, '"x" is not of type "integer"'],
  ['config-configurable', { config: { configurable: [] } }, 422, '[] is not of type "object"'],
  ['context-array', { context: [] }, 422, '[] is not of type "object"'],
  ['enabled-text', { enabled: 'yes' }, 422, '"yes" is not of type "boolean"'],
  ['enabled-null', { enabled: null }, 422, 'null is not of type "boolean"'],
  ['end-time-number', { end_time: 5 }, 422, '5 is not of type "string"'],
  ['end-time-null', { end_time: null }, 422, 'null is not of type "string"'],
  ['after-run', { on_run_completed: 'x' }, 422, '"x" is not one of "delete" or "keep"'],
  ['interrupt', { interrupt_before: 'x' }, 422, '"x" is not valid under any of the schemas'],
  ['stream-mode', { stream_mode: 'x' }, 422, '"x" is not valid under any of the schemas'],
  ['durability', { durability: 'x' }, 422, '"x" is not one of "sync", "async" or "exit"'],
  ['webhook-number', { webhook: 5 }, 422, '5 is not of type "string"'],
  ['webhook-empty', { webhook: '' }, 422, '"" is shorter than 1 character'],
];

for (const [name, fields, status, text] of refusals) {
  const ask = () => createRaw(aCronBody(fields));
  contract(`errors/${name}`, `is refused with ${status}`, async () => {
    mustBe(status, await ask());
  });
  contract(`errors/${name}.text`, 'and the text says why', async () => mustSay(text, await ask()));
}

/** Meant by the contract though no server's text is worth copying. */
function refusedWithReason(reply: Reply): void {
  expect([400, 422], reply.exchange).toContain(reply.status);
  mustSay('', reply);
}

contract('errors/assistant-missing', 'a body without assistant_id is refused, not a crash', async () => {
  const { assistant_id: _, ...body } = aCronBody();
  refusedWithReason(await createRaw(body));
});

contract('errors/schedule-missing', 'a body without schedule is refused, not a crash', async () => {
  const { schedule: _, ...body } = aCronBody();
  refusedWithReason(await createRaw(body));
});

contract('errors/timezone-empty', 'an empty zone is refused', async () => {
  refusedWithReason(await createRaw(aCronBody({ timezone: '' })));
});

contract('errors/timezone-path', 'a zone that is a path is refused', async () => {
  refusedWithReason(await createRaw(aCronBody({ timezone: '../etc/passwd' })));
});

contract('errors/end-time-text', 'an end date that is no date is refused', async () => {
  refusedWithReason(await createRaw(aCronBody({ enabled: false, end_time: 'tomorrow' })));
});

const multitask = async () => createRaw(aCronBody({ multitask_strategy: 'nope' }), await aThread());

contract('errors/multitask', 'an unknown multitask strategy on a thread is 422', async () => {
  mustBe(422, await multitask());
});

contract('errors/multitask.text', 'and the text says why', async () => {
  mustSay('"nope" is not one of "reject", "rollback"', await multitask());
});

const notJson: readonly (readonly [name: string, method: 'POST' | 'PATCH', path: string])[] = [
  ['create', 'POST', '/runs/crons'],
  ['search', 'POST', '/runs/crons/search'],
  ['count', 'POST', '/runs/crons/count'],
  ['patch', 'PATCH', `/runs/crons/${unknownId}`],
];

for (const [name, method, path] of notJson) {
  for (const [kind, body] of [
    ['text', 'hello'],
    ['empty', ''],
    ['half', '{"limit":'],
  ] as const) {
    contract(`errors/${name}-body-${kind}`, 'a body that is no JSON is 422', async () => {
      mustBe(422, await send(method, path, body));
    });
    contract(`errors/${name}-body-${kind}.text`, 'and the text says so', async () => {
      mustSay('Invalid JSON in request body', await send(method, path, body));
    });
  }
  contract(`errors/${name}-body-array`, 'an array instead of an object is 422', async () => {
    mustBe(422, await send(method, path, []));
  });
  contract(`errors/${name}-body-array.text`, 'and the text says so', async () => {
    mustSay('[] is not of type "object"', await send(method, path, []));
  });
}

contract('errors/nothing-stored', 'a refused create stores nothing', async () => {
  const assistant_id = await anAssistant();
  for (const fields of [
    { schedule: 'bad' },
    { timezone: 'x' },
    { schedule: '0 0 30 2 *' },
    { metadata: [] },
  ]) {
    await createRaw(aCronBody({ ...fields, assistant_id }));
  }
  expect(await searchCrons({ assistant_id })).toEqual([]);
});

contract('errors/patch-atomic', 'a refused patch changes nothing', async () => {
  const { marker, ...cron } = await aCron({ enabled: false, timezone: 'Europe/Berlin' });
  mustBe(
    422,
    await send('PATCH', `/runs/crons/${cron.cron_id}`, { schedule: 'bad', timezone: 'UTC', enabled: true }),
  );
  const whatMatters = ({ schedule, timezone, enabled, next_run_date }: WireCron) => [
    schedule,
    timezone,
    enabled,
    next_run_date,
  ];
  expect(whatMatters(await storedCron(marker))).toEqual(whatMatters(cron));
});
