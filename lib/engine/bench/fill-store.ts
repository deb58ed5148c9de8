import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { v5 as uuidv5 } from 'uuid';
import { plainLeaves } from '@/lib/engine/json';
import { openStore } from '@/lib/engine/storage/store';

const GRAPH_NAMESPACE = '6ba7b821-9dad-11d1-80b4-00c04fd430c8';
const CHUNK = 2000;

export const TEAMS = 200;

/** The n-th cron's id; ids sort like the numbers. */
export function cronIdAt(n: number): string {
  return `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** Makes an engine file with `count` crons that are all due at `dueMs`, spread over the agents and 200 teams. */
export async function fillStore(
  file: string,
  count: number,
  dueMs: number,
  agents: readonly string[],
): Promise<void> {
  const opened = await openStore(file);
  if (!opened.ok) throw new Error(opened.error.message);
  opened.value.close();
  const client = createClient({ url: pathToFileURL(file).href });
  const assistants = agents.map((name) => uuidv5(name, GRAPH_NAMESPACE));
  for (let from = 0; from < count; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, count - from) }, (_, index) =>
      row(from + index, assistants),
    );
    await client.batch(
      [
        {
          sql: `INSERT INTO cron (cron_id, assistant_id, on_run_completed, schedule, created_at, updated_at, user_id, payload, next_run_date, metadata, enabled)
                SELECT value ->> 0, value ->> 1, 'keep', '0 3 * * *', value ->> 2, value ->> 2, '', value ->> 3, ?, value ->> 4, 1 FROM json_each(?)`,
          args: [dueMs, JSON.stringify(rows)],
        },
        {
          sql: `INSERT INTO cron_metadata (key, value, cron_id)
                SELECT leaf.value ->> 0, leaf.value ->> 1, row.value ->> 0
                FROM json_each(?) row, json_each(row.value, '$[5]') leaf`,
          args: [JSON.stringify(rows)],
        },
      ],
      'write',
    );
  }
  client.close();
}

function row(n: number, assistants: readonly string[]): unknown[] {
  const cronId = cronIdAt(n);
  const assistantId = assistants[n % assistants.length];
  const team = `team-${n % TEAMS}`;
  const payload = {
    assistant_id: assistantId,
    schedule: '0 3 * * *',
    input: { topic: `topic ${n}`, sources: ['a', 'b'], max_items: 3, tone: 'brief' },
    metadata: { team, nested: { rank: n % 10 }, tags: [n % 10] },
    config: { configurable: { cron_id: cronId } },
  };
  const createdAt = Date.parse('2026-01-01T00:00:00Z') + n * 1000;
  return [
    cronId,
    assistantId,
    createdAt,
    JSON.stringify(payload),
    JSON.stringify(payload.metadata),
    plainLeaves(payload.metadata),
  ];
}
