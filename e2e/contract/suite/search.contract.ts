import { expect } from 'vitest';
import { z } from 'zod';
import { send } from './api';
import { mustBe, mustSay } from './exchange';
import { aCron, anAssistant, aThread, patchCron } from './builders';
import { contract } from './contract-case';
import { bodyOf, searchCrons } from './wire';

const search = (query: unknown) => send('POST', '/runs/crons/search', query);
const ids = async (query: Record<string, unknown>) => (await searchCrons(query)).map((cron) => cron.cron_id);

/** Crons of an assistant of their own, made one after the other, so that their order is known. */
async function family(...members: readonly Record<string, unknown>[]) {
  const assistant_id = await anAssistant();
  const crons = [];
  for (const fields of members) crons.push(await aCron({ enabled: false, assistant_id, ...fields }));
  return { assistant_id, crons, ids: crons.map((cron) => cron.cron_id) };
}

contract('search/newest-first', 'the default order is by creation, newest first', async () => {
  const made = await family({}, {}, {});
  expect(await ids({ assistant_id: made.assistant_id })).toEqual(made.ids.toReversed());
});

contract('search/sort-ascending', 'sort_order asc turns it round', async () => {
  const made = await family({}, {}, {});
  expect(await ids({ assistant_id: made.assistant_id, sort_by: 'created_at', sort_order: 'asc' })).toEqual(
    made.ids,
  );
});

contract('search/sort-next-run', 'crons sort by their next run', async () => {
  const { assistant_id, ids: all } = await family(
    { schedule: '0 0 1 7 *' },
    { schedule: '* * * * *' },
    { schedule: '@monthly' },
  );
  const [july, minutely, monthly] = all;
  expect(await ids({ assistant_id, sort_by: 'next_run_date', sort_order: 'asc' })).toEqual([
    minutely,
    monthly,
    july,
  ]);
});

/** Six crons that differ in everything that can be sorted by, found by a common mark. */
async function differentCrons(): Promise<{ readonly mark: string }> {
  const mark = crypto.randomUUID();
  for (let index = 0; index < 6; index += 1) {
    const fields = {
      enabled: false,
      metadata: { mark },
      assistant_id: await anAssistant(),
      end_time: `${2040 - index}-01-01T00:00:00Z`,
    };
    await aCron(fields, await aThread());
  }
  const [last] = await searchCrons({ metadata: { mark } });
  await patchCron(last?.cron_id ?? '', { enabled: true });
  return { mark };
}

for (const sort_by of ['cron_id', 'assistant_id', 'thread_id', 'end_time', 'updated_at']) {
  contract(`search/sort-${sort_by.replaceAll('_', '-')}`, 'is a sort field, in both directions', async () => {
    const metadata = await differentCrons();
    const keys = async (sort_order: string) =>
      (await searchCrons({ metadata, sort_by, sort_order })).map((cron) => String(cron[sort_by]));
    const ascending = await keys('asc');
    expect(ascending).toHaveLength(6);
    expect(ascending).toEqual(ascending.toSorted());
    expect(await keys('desc')).toEqual(ascending.toReversed());
  });
}

contract('search/limit-offset', 'limit and offset cut a window', async () => {
  const { assistant_id, ids: all } = await family({}, {}, {}, {});
  const query = { assistant_id, sort_by: 'created_at', sort_order: 'asc', limit: 2, offset: 1 };
  expect(await ids(query)).toEqual(all.slice(1, 3));
});

contract('search/limit-default', 'ten are given where no limit is named', async () => {
  const { assistant_id } = await family(...Array.from({ length: 11 }, () => ({})));
  const rows = bodyOf(z.array(z.unknown()), await search({ assistant_id }));
  expect(rows).toHaveLength(10);
});

contract('search/by-thread', 'thread_id selects the crons of a thread', async () => {
  const threadId = await aThread();
  const { cron_id } = await aCron({ enabled: false }, threadId);
  await aCron({ enabled: false }, await aThread());
  expect(await ids({ thread_id: threadId })).toEqual([cron_id]);
});

contract('search/by-enabled', 'enabled selects the active or the paused', async () => {
  const { assistant_id, ids: all } = await family({ enabled: true }, { enabled: false });
  expect(await ids({ assistant_id, enabled: true })).toEqual([all[0]]);
  expect(await ids({ assistant_id, enabled: false })).toEqual([all[1]]);
});

contract('search/by-metadata', 'metadata is matched by containment, nested objects as a subset', async () => {
  const { assistant_id, ids: all } = await family(
    { metadata: { team: 'ops', deep: { a: 1, b: 2 }, list: ['x', 'y'] } },
    { metadata: { team: 'ops', deep: { a: 9 } } },
    { metadata: { team: 'web' } },
  );
  const found = (metadata: unknown) =>
    ids({ assistant_id, metadata, sort_by: 'created_at', sort_order: 'asc' });
  expect(await found({ team: 'ops' })).toEqual([all[0], all[1]]);
  expect(await found({ deep: { a: 1 } })).toEqual([all[0]]);
  expect(await found({ team: 'ops', deep: { b: 2 } })).toEqual([all[0]]);
  expect(await found({ team: 'OPS' })).toEqual([]);
  expect(await found({})).toEqual(all);
});

contract(
  'search/metadata-hostile',
  'a filter full of quotes and wildcards is a value, not a query',
  async () => {
    const { assistant_id, ids: all } = await family(
      { metadata: { name: `a'b"%_` } },
      { metadata: { name: 'axbyz' } },
    );
    expect(await ids({ assistant_id, metadata: { name: `a'b"%_` } })).toEqual([all[0]]);
    expect(await ids({ assistant_id, metadata: { "x'; --": '%' } })).toEqual([]);
  },
);

contract('search/select', 'select gives the named fields only', async () => {
  const { assistant_id, crons } = await family({});
  const rows = bodyOf(z.array(z.unknown()), await search({ assistant_id, select: ['cron_id', 'schedule'] }));
  expect(rows).toEqual([{ cron_id: crons[0]?.cron_id, schedule: crons[0]?.schedule }]);
});

contract(
  'search/pagination-more',
  'a full page names the offset of the next and a lower bound of the total',
  async () => {
    const { assistant_id } = await family({}, {}, {});
    const { headers, exchange } = mustBe(200, await search({ assistant_id, limit: 2 }));
    expect(headers.get('x-pagination-next'), exchange).toBe('2');
    expect(headers.get('x-pagination-total'), exchange).toBe('3');
  },
);

contract('search/pagination-end', 'a short page gives the total and no next', async () => {
  const { assistant_id } = await family({}, {}, {});
  const { headers, exchange } = mustBe(200, await search({ assistant_id, limit: 2, offset: 2 }));
  expect(headers.get('x-pagination-next'), exchange).toBeNull();
  expect(headers.get('x-pagination-total'), exchange).toBe('3');
});

contract('search/beyond-the-end', 'an offset beyond the end gives an empty page', async () => {
  const { assistant_id } = await family({});
  expect(await ids({ assistant_id, offset: 50 })).toEqual([]);
});

type Refusal = readonly [name: string, query: Record<string, unknown>, text: string];

const refusals: readonly Refusal[] = [
  ['limit-zero', { limit: 0 }, '0 is less than the minimum of 1'],
  ['limit-1001', { limit: 1001 }, '1001 is greater than the maximum of 1000'],
  ['limit-text', { limit: 'x' }, '"x" is not of type "integer"'],
  ['offset-negative', { offset: -1 }, '-1 is less than the minimum of 0'],
  ['sort-by-unknown', { sort_by: 'foo' }, '"foo" is not one of "cron_id", "assistant_id"'],
  ['sort-order-unknown', { sort_order: 'up' }, '"up" is not one of "asc" or "desc"'],
  ['select-unknown', { select: ['now'] }, ''],
  ['assistant-by-name', { assistant_id: 'nope' }, 'Invalid assistant ID: must be a UUID'],
  ['thread-not-uuid', { thread_id: 'x' }, 'Invalid thread ID: must be a UUID'],
  ['metadata-number', { metadata: 5 }, '5 is not of type "object"'],
];

for (const [name, query, text] of refusals) {
  contract(`search/refuses-${name}`, 'with 422', async () => {
    mustBe(422, await search(query));
  });
  contract(`search/refuses-${name}.text`, 'and the text says why', async () =>
    mustSay(text, await search(query)),
  );
}
