import 'server-only';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import { cronName } from '@/lib/crons/cron-name';
import type { CronId } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { recordDone } from './activity/record-done';
import { openDashboard } from './dashboard';
import type { Deployment } from './deployment';
import { searchAssistants } from './search-assistants';

/** One example for each sample agent of the local deployment: what they need is what those graphs read. */
const examples: readonly { readonly graphId: string; readonly body: JsonObject }[] = [
  {
    graphId: 'assistant',
    body: {
      schedule: '*/2 * * * *',
      on_run_completed: 'keep',
      input: {
        messages: [{ role: 'user', content: 'Greet the team and name one thing worth doing today.' }],
      },
      metadata: {
        name: 'Hello every two minutes',
        description: 'An example that is soon seen to run.',
        tags: ['example'],
      },
    },
  },
  {
    graphId: 'digest',
    body: {
      schedule: '0 9 * * 1-5',
      on_run_completed: 'keep',
      input: {
        topic: 'customer feedback',
        sources: ['support tickets', 'reviews'],
        max_items: 5,
        tone: 'brief',
      },
      metadata: {
        name: 'Weekday morning digest',
        description: 'An example with a structured input.',
        tags: ['example'],
      },
    },
  },
  {
    graphId: 'flaky',
    body: {
      schedule: '30 * * * *',
      on_run_completed: 'keep',
      enabled: false,
      input: { pattern: 'SF' },
      metadata: {
        name: 'Sometimes fails',
        description: 'An example that starts paused. Resume it to see a failing run.',
        tags: ['example'],
      },
    },
  },
];

/** Makes the examples whose sample agent the deployment has. Stops at the first that is refused. */
export async function createExamples(
  deployment: Deployment,
): Promise<Result<{ readonly created: readonly CronId[] }, Problem>> {
  const found = await searchAssistants(deployment.client, '', 200);
  if (!found.ok) return found;
  const index = await deployment.index();
  if (!index.ok) return index;
  const created: Cron[] = [];
  for (const { graphId, body } of examples) {
    const assistant = found.value.assistants.find((item) => item.graphId === graphId);
    if (!assistant) continue;
    const reply = await deployment.client.createCron({
      ...body,
      assistant_id: assistant.assistantId,
      timezone: 'UTC',
    });
    if (!reply.ok) return reply;
    const cron = parseCron(reply.value);
    if (!cron.ok) return cron;
    index.value.applyUpsert(cron.value);
    created.push(cron.value);
  }
  if (created.length > 0) {
    const dashboard = await openDashboard();
    const done = created.map((cron) => ({
      cronId: cron.cronId,
      before: null,
      after: cron,
      name: cronName(cron).name,
    }));
    if (dashboard.ok) await recordDone('create', deployment.config.id, done, dashboard.value.deps);
    return ok({ created: created.map((cron) => cron.cronId) });
  }
  return err({
    code: 'unsupported',
    message: 'This deployment has none of the sample agents, so there are no examples for it.',
    hint: 'Make a cron for one of its own assistants: New cron.',
  });
}
