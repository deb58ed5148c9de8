import { drizzle } from 'drizzle-orm/libsql';
import { cronStore, type CronStore } from '@/lib/engine/storage/cron-store';
import { firingStore, type FiringStore } from '@/lib/engine/storage/firing-store';
import { openDatabase, type OpenError } from '@/lib/engine/storage/open-database';
import { sessionStore, type SessionStore } from '@/lib/engine/storage/session-store';
import { usageStore, type UsageStore } from '@/lib/engine/storage/usage-store';
import { ok, type Result } from '@/lib/result';

/** Everything the engine remembers. */
export type Store = {
  readonly crons: CronStore;
  readonly firings: FiringStore;
  readonly sessions: SessionStore;
  readonly usages: UsageStore;
  /** Answers when the file can be read. */
  ping(): Promise<void>;
  close(): void;
};

/** Opens the SQLite file (or `:memory:`) and gives it the engine's verbs; errors as `openDatabase` says. */
export async function openStore(file: string): Promise<Result<Store, OpenError>> {
  const opened = await openDatabase(file);
  if (!opened.ok) return opened;
  const client = opened.value;
  const db = drizzle(client);
  return ok({
    crons: cronStore(client, db),
    firings: firingStore(client, db),
    sessions: sessionStore(db),
    usages: usageStore(db),
    async ping() {
      await client.execute('SELECT 1');
    },
    close() {
      client.close();
    },
  });
}
