import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { sessions, type SessionRow } from '@/lib/engine/storage/schema';

export type SessionStore = ReturnType<typeof sessionStore>;

/** Who holds the file now, who held it before, and since when every run is known to be accounted for. */
export function sessionStore(db: LibSQLDatabase) {
  return {
    async begin(pid: number, nowMs: number): Promise<number> {
      const [row] = await db
        .insert(sessions)
        .values({ pid, startedAt: nowMs, heartbeatAt: nowMs })
        .returning({ id: sessions.sessionId });
      if (row === undefined) throw new Error('the session was not stored');
      return row.id;
    },

    /** The newest session that has not said goodbye, null if all did. */
    async unfinished(): Promise<SessionRow | null> {
      const [row] = await db
        .select()
        .from(sessions)
        .where(isNull(sessions.stoppedAt))
        .orderBy(desc(sessions.sessionId))
        .limit(1);
      return row ?? null;
    },

    async get(sessionId: number): Promise<SessionRow | null> {
      const [row] = await db.select().from(sessions).where(eq(sessions.sessionId, sessionId));
      return row ?? null;
    },

    /** The newest session that finished its recovery: what was created before it began is accounted for. */
    async lastRecovered(): Promise<SessionRow | null> {
      const [row] = await db
        .select()
        .from(sessions)
        .where(isNotNull(sessions.recoveredAt))
        .orderBy(desc(sessions.sessionId))
        .limit(1);
      return row ?? null;
    },

    async heartbeat(sessionId: number, nowMs: number): Promise<void> {
      await db.update(sessions).set({ heartbeatAt: nowMs }).where(eq(sessions.sessionId, sessionId));
    },

    async recovered(sessionId: number, nowMs: number): Promise<void> {
      await db.update(sessions).set({ recoveredAt: nowMs }).where(eq(sessions.sessionId, sessionId));
    },

    async stop(sessionId: number, nowMs: number): Promise<void> {
      await db
        .update(sessions)
        .set({ stoppedAt: nowMs })
        .where(and(eq(sessions.sessionId, sessionId), isNull(sessions.stoppedAt)));
    },
  };
}
