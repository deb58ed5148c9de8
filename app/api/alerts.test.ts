import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AlertsView, DeliveryShown, DestinationMade } from '@/lib/alerts/alerts-view';
import { startReceiver } from '@/e2e/support/receivers';
import type { ActivityList } from '@/lib/crons/activity';
import { startApi, type ApiRig } from './api.test-data';
import * as activity from './deployments/[deployment]/activity/route';
import * as entry from './deployments/[deployment]/activity/[entryId]/route';
import * as alerts from './deployments/[deployment]/alerts/route';
import * as destinations from './deployments/[deployment]/alerts/destinations/route';
import * as destination from './deployments/[deployment]/alerts/destinations/[destinationId]/route';
import * as secret from './deployments/[deployment]/alerts/destinations/[destinationId]/secret/route';
import * as trial from './deployments/[deployment]/alerts/destinations/[destinationId]/test/route';
import * as again from './deployments/[deployment]/alerts/deliveries/[deliveryId]/again/route';
import * as setting from './deployments/[deployment]/settings/[name]/route';

const given = { deployment: 'default' };
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let api: ApiRig;

beforeAll(async () => {
  receiver = await startReceiver();
  api = await startApi(
    { crons: 0, threads: 0, assistants: 1 },
    {
      CRONDECK_ALERT_HOSTS: receiver.host,
      CRONDECK_PUBLIC_URL: 'https://desk.example.com',
    },
  );
});
afterAll(async () => {
  await api.close();
  await receiver.close();
});

const post = (body: object = {}) =>
  new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body) });
const context = <T extends object>(params: T) => ({ params: Promise.resolve({ ...given, ...params }) });
const view = async () => (await (await alerts.GET(post(), context({}))).json()) as AlertsView;

test('a webhook is added, shows its secret to who asks and nowhere else, gets a test, and is removed', async () => {
  const response = await destinations.POST(
    post({ kind: 'webhook', name: 'On call', address: receiver.url }),
    context({}),
  );
  expect(response.status).toBe(201);
  const made = (await response.json()) as DestinationMade;
  expect(made.secret).toMatch(/^whsec_/);
  const { destinationId } = made.destination;

  const seen = await view();
  expect(seen.destinations).toMatchObject([{ destinationId, name: 'On call' }]);
  expect(seen.links).toEqual({ base: 'https://desk.example.com', onlyHere: false });
  expect(JSON.stringify(seen)).not.toContain('whsec_');
  const asked = await secret.POST(post(), context({ destinationId }));
  expect(await asked.json()).toEqual({ secret: made.secret });

  const tested = await trial.POST(post(), context({ destinationId }));
  expect((await tested.json()) as DeliveryShown).toMatchObject({ kind: 'test', state: 'sent' });
  expect(receiver.got).toHaveLength(1);
  receiver.statuses.push(500);
  const failed = (await (await trial.POST(post(), context({ destinationId }))).json()) as DeliveryShown;
  expect(failed).toMatchObject({ state: 'failed', error: 'It answered 500: not <now>' });
  expect((await view()).deliveries.map(({ state }) => state)).toEqual(['failed', 'sent']);
  const { deliveryId } = failed;
  expect((await again.POST(post(), context({ deliveryId: String(deliveryId) }))).status).toBe(404);

  expect((await destination.DELETE(post(), context({ destinationId }))).status).toBe(200);
  for (const gone of [destination.DELETE, secret.POST, trial.POST])
    expect((await gone(post(), context({ destinationId }))).status).toBe(404);
});

test('a destination is renamed, told only some things, and given another secret; each change is in Activity', async () => {
  const added = await destinations.POST(
    post({ kind: 'webhook', name: 'On call', address: receiver.url }),
    context({}),
  );
  const { destination: made, secret: first } = (await added.json()) as DestinationMade;
  const { destinationId } = made;
  const of = () => context({ destinationId });
  const changed = await destination.PATCH(
    post({ name: ' Night\u202e shift ', rules: ['budget', 'failing', 'failing'] }),
    of(),
  );
  expect(await changed.json()).toMatchObject({ name: 'Night shift', rules: ['failing', 'budget'] });
  for (const bad of [{ name: 'x', rules: [] }, { name: 'x', rules: ['pigeons'] }, { name: 'x' }])
    expect((await destination.PATCH(post(bad), of())).status).toBe(400);
  expect((await view()).destinations).toMatchObject([{ name: 'Night shift', rules: ['failing', 'budget'] }]);

  const renewed = (await (await secret.PUT(post(), of())).json()) as { secret: string };
  expect(renewed.secret).toMatch(/^whsec_/);
  expect(renewed.secret).not.toBe(first);
  expect(await (await secret.POST(post(), of())).json()).toEqual(renewed);
  await destination.DELETE(post(), of());
  for (const gone of [destination.PATCH(post({ name: 'x', rules: null }), of()), secret.PUT(post(), of())])
    expect((await gone).status).toBe(404);

  const listed = await activity.GET(new Request('http://localhost/?kind=settings'), context({}));
  const { entries } = (await listed.json()) as ActivityList;
  expect(entries.slice(0, 4).map(({ subject }) => subject)).toEqual([
    'alerts to “Night shift” removed',
    'alerts to “Night shift” signed with a new secret',
    'alerts to “On call” changed',
    'alerts to “On call” added',
  ]);
  const detail = await entry.GET(
    new Request('http://localhost/'),
    context({ entryId: entries[2]?.entryId ?? '' }),
  );
  const read = await detail.text();
  expect(JSON.parse(read)).toMatchObject({
    changes: [
      {
        before: { name: 'On call', 'told about': 'everything' },
        after: { name: 'Night shift', 'told about': 'A cron fails; A budget is passed' },
        undoable: false,
      },
    ],
  });
  expect(read + JSON.stringify(entries)).not.toContain('whsec_');
});

test.each([
  [{ kind: 'pigeon', address: 'roof' }, 400, 'Choose e-mail, Slack or webhook.'],
  [{ kind: 'webhook', address: 'http://127.0.0.1:1/' }, 400, 'this machine itself'],
  [{ kind: 'email', address: 'ops@example.com' }, 409, 'E-mail is not set up'],
])('%o is refused with %i', async (body, status, words) => {
  const response = await destinations.POST(post(body), context({}));
  expect(response.status).toBe(status);
  expect(JSON.stringify(await response.json())).toContain(words);
});

test('settings are as they come until somebody saves others, and bad ones are refused', async () => {
  const named = () => context({ name: 'alerts' });
  const read = (await (await setting.GET(post(), named())).json()) as { value: object; version: number };
  expect(read).toMatchObject({
    value: { failingAfter: 'third', quiet: null, rules: { failing: true } },
    version: 0,
  });
  const save = (value: object) => setting.PUT(post({ value, version: 0 }), named());
  for (const part of [
    { quiet: { from: '25:00', to: '07:00' } },
    { quiet: { from: '07:00', to: '07:00' } },
    { zone: 'Mars/Base' },
    { endingDays: 0 },
  ])
    expect((await save({ ...read.value, ...part })).status).toBe(422);
  expect((await save({ ...read.value, quiet: { from: '22:00', to: '07:00' } })).status).toBe(200);
  expect((await save(read.value)).status).toBe(409);
});
