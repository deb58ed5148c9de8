import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { z } from 'zod';
import { contract } from './contract-case';

const script = path.join(import.meta.dirname, 'sdk_python.py');
const outcomeSchema = z.record(z.string(), z.string().nullable());
let outcome: Promise<z.infer<typeof outcomeSchema>> | undefined;

/** All examples run in one interpreter; each case reads its own outcome. */
async function outcomes() {
  const { python, url, graph, key } = inject('server');
  if (python === null) throw new Error('There is no Python with langgraph-sdk.');
  const { stdout } = await promisify(execFile)(python, [script, url, graph, ...(key === null ? [] : [key])]);
  return outcomeSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

for (const [example, rule] of [
  ['thread', 'a cron on a thread is made and deleted'],
  ['stateless', 'a stateless cron is made and deleted'],
  ['whole_round', 'search, count and update work with the names of the client'],
] as const) {
  contract(
    `sdk-python/${example.replace('_', '-')}`,
    rule,
    async () => {
      outcome ??= outcomes();
      const trouble = (await outcome)[example];
      if (trouble !== null) throw new Error(trouble ?? `the example ${example} did not run`);
    },
    ['Python SDK'],
  );
}
