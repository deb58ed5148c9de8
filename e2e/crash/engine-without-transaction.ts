import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createClient, type Client } from '@libsql/client';
import { startLocalDeployment } from '@/lib/engine/local-deployment';
import { ENGINE_FILE } from '@/lib/engine/open-engine';
import { engineSettings } from '@/lib/engine/settings';
import type { Claim, Firing } from '@/lib/engine/storage/firing-store';
import type { Store } from '@/lib/engine/storage/store';

// The control of the crash harness: the engine as it would be if claiming were two steps. It must be caught.

const BETWEEN_MS = 60;

function withoutTransaction(store: Store, client: Client): Store {
  async function claim(claims: readonly Claim[], nowMs: number): Promise<Firing[]> {
    for (const it of claims) {
      await client.execute({
        sql: 'UPDATE cron SET next_run_date = ? WHERE cron_id = ?',
        args: [it.nextRunDate, it.cronId],
      });
    }
    await sleep(BETWEEN_MS);
    for (const it of claims) {
      await client.execute({
        sql: `INSERT OR IGNORE INTO firing (cron_id, scheduled_for, claimed_at, status, attempts, next_attempt_at, after_run, removed, webhook_attempts)
              SELECT cron_id, ?, ?, 'waiting', 0, ?, CASE WHEN thread_id IS NULL AND on_run_completed = 'delete' THEN 'delete' ELSE 'keep' END, 0, 0
              FROM cron WHERE cron_id = ?`,
        args: [it.scheduledFor, nowMs, nowMs, it.cronId],
      });
    }
    return [];
  }
  return { ...store, firings: { ...store.firings, claim } };
}

const settings = engineSettings(process.argv.slice(2), process.env);
if (!settings.ok) throw new Error(settings.error.message);
const { dataDir, host, port } = settings.value;
const started = await startLocalDeployment(settings.value, (store) =>
  withoutTransaction(
    store,
    createClient({ url: pathToFileURL(path.join(dataDir, ENGINE_FILE)).href, timeout: 5000 }),
  ),
);
if (!started.ok) throw new Error(started.error.message);
process.on('SIGTERM', () => void started.value.stop().then(() => process.exit(0)));
process.stdout.write(`crondeck engine ready: http://${host}:${port} (without transaction)\n`);
