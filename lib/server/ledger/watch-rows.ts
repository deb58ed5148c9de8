import type { Store } from '../store/open-store';
import { ensureWatch } from './write-runs';

/** After such a pause nobody knows what happened in it. */
const gapMs = 10 * 60_000;

export type WatchState = {
  readonly version: number;
  readonly firingsAfter: number;
  /** Since when it is watched without a known gap (epoch ms, our clock); null before the first look. */
  readonly sinceMs: number | null;
  readonly lookedMs: number | null;
  /** When another revision of the deployment was first seen (its clock); null where none was since it is watched. */
  readonly revisedMs: number | null;
};

/** How far the ledger of a deployment is. */
export async function readWatch(deployment: string, store: Store): Promise<WatchState> {
  const { rows } = await store.read('SELECT * FROM watch WHERE deployment = ?', [deployment]);
  const [row] = rows;
  const numberOr = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return {
    version: Number(row?.['version'] ?? 0),
    firingsAfter: Number(row?.['firings_after'] ?? 0),
    sinceMs: numberOr(row?.['since_ms']),
    lookedMs: numberOr(row?.['looked_ms']),
    revisedMs: numberOr(row?.['revised_ms']),
  };
}

/** Notes a look that went well; after a long pause the watch begins anew. */
export async function noteLook(deployment: string, nowMs: number, store: Store): Promise<void> {
  await store.writeSoon([
    ensureWatch(deployment),
    {
      sql: `UPDATE watch SET looked_ms = ?, since_ms = CASE WHEN looked_ms IS NULL OR looked_ms < ? THEN ? ELSE since_ms END
            WHERE deployment = ?`,
      args: [nowMs, nowMs - gapMs, nowMs, deployment],
    },
  ]);
}

/** Notes the revision the server tells of. The first one ever seen is no change; null says nothing and changes nothing. */
export async function noteRevision(
  deployment: string,
  revision: string | null,
  nowMs: number,
  store: Store,
): Promise<void> {
  if (revision === null) return;
  await store.writeSoon([
    {
      sql: `UPDATE watch SET revised_ms = CASE WHEN revision IS NULL THEN NULL ELSE ? END, revision = ?
            WHERE deployment = ? AND revision IS NOT ?`,
      args: [nowMs, revision, deployment, revision],
    },
  ]);
}

/** Makes this session the one that collects, if nobody does (`owner` null) or the one that did is dead. */
export async function claimWatch(
  deployment: string,
  owner: string | null,
  sessionId: string,
  store: Store,
): Promise<boolean> {
  const [, claimed] = await store.write([
    ensureWatch(deployment),
    {
      sql: 'UPDATE watch SET owner = ? WHERE deployment = ? AND owner IS ?',
      args: [sessionId, deployment, owner],
    },
  ]);
  return claimed?.rowsAffected === 1;
}

/** The session that collects, and its beat; both null where nobody does. */
export async function watchOwner(
  deployment: string,
  store: Store,
): Promise<{ readonly owner: string | null; readonly beat: number | null }> {
  const { rows } = await store.read(
    `SELECT watch.owner, session.beat FROM watch LEFT JOIN session ON session.session_id = watch.owner
     WHERE watch.deployment = ?`,
    [deployment],
  );
  const owner = rows[0]?.['owner'];
  const beat = rows[0]?.['beat'];
  return {
    owner: typeof owner === 'string' ? owner : null,
    beat: beat === null || beat === undefined ? null : Number(beat),
  };
}

/** Gives up what this session collects, so that another can go on at once. */
export async function leaveWatches(sessionId: string, store: Store): Promise<void> {
  await store.write([{ sql: 'UPDATE watch SET owner = NULL WHERE owner = ?', args: [sessionId] }]);
}
