import { Client, type Cron } from '@langchain/langgraph-sdk';
import { expect, inject } from 'vitest';
import { contract } from './contract-case';
import { anAssistant } from './builders';

// The documentation's examples, with the official client as it is published.

const client = () => {
  const { url, key } = inject('server');
  return new Client({ apiUrl: url, apiKey: key, callerOptions: { maxRetries: 0 } });
};
const job = {
  schedule: '27 15 * * *',
  input: { messages: [{ role: 'user', content: 'What time is it?' }] },
};

contract('sdk-js/thread', 'a cron on a thread is made and deleted', async () => {
  const thread = await client().threads.create();
  const cronJob = await client().crons.createForThread(thread.thread_id, inject('server').graph, job);
  expect(cronJob).toMatchObject({ schedule: job.schedule, thread_id: thread.thread_id });
  await client().crons.delete(cronJob['cron_id']);
  expect(await client().crons.search({ threadId: thread.thread_id })).toEqual([]);
  await client().threads.delete(thread.thread_id);
});

contract('sdk-js/stateless', 'a stateless cron is made and deleted', async () => {
  const cronJobStateless = await client().crons.create(inject('server').graph, job);
  expect(cronJobStateless).toMatchObject({ schedule: job.schedule, thread_id: null });
  await client().crons.delete(cronJobStateless['cron_id']);
  await expect(client().crons.delete(cronJobStateless['cron_id'])).rejects.toThrow('404');
});

contract('sdk-js/whole-round', 'search, count and update work with the names of the client', async () => {
  const assistantId = await anAssistant();
  const crons = client().crons;
  await crons.create(assistantId, {
    ...job,
    timezone: 'Asia/Kolkata',
    endTime: '2035-01-01T00:00:00Z',
    metadata: { team: 'ops' },
    onRunCompleted: 'keep',
    interruptBefore: ['finish'],
    enabled: false,
  });
  const found = await crons.search({
    assistantId,
    metadata: { team: 'ops' },
    sortBy: 'created_at',
    limit: 5,
  });
  expect(found).toMatchObject([{ enabled: false, on_run_completed: 'keep', schedule: job.schedule }]);
  expect(await crons.count({ assistantId, metadata: { team: 'ops' } })).toBe(1);
  const cronId = (found[0] as Cron).cron_id;
  const updated = await crons.update(cronId, {
    schedule: '0 9 * * *',
    endTime: null,
    metadata: { seen: true },
  });
  expect(updated).toMatchObject({
    schedule: '0 9 * * *',
    end_time: null,
    metadata: { team: 'ops', seen: true },
  });
  expect(updated.next_run_date).toContain('T03:30:00');
  await crons.delete(cronId);
});
