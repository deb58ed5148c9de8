import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { calendarFilterSchema, mostFeeds, type CalendarFeed, type NewFeed } from '@/lib/crons/calendar-feed';
import { plainFilter } from '@/lib/crons/cron-list';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Store } from '../store/open-store';

/** A read is noted at most this often, so that reading a calendar is not a write each time. */
const noteReadEveryMs = 5 * 60_000;

type FeedRow = Readonly<Record<string, unknown>>;

/** 256 bits of chance: nobody guesses it, and a plain hash of it cannot be turned back. */
function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function toFeed(row: FeedRow): CalendarFeed {
  const numberOr = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return {
    feedId: String(row['feed_id']),
    name: String(row['name']),
    filter: readFilter(String(row['filter'])),
    zone: String(row['zone']),
    createdMs: Number(row['created_at']),
    renewedMs: numberOr(row['renewed_at']),
    readMs: numberOr(row['read_at']),
  };
}

/** What another version wrote and this one cannot read shows nothing rather than everything. */
function readFilter(text: string): CalendarFeed['filter'] {
  const read = calendarFilterSchema.safeParse(JSON.parse(text));
  return read.success
    ? read.data
    : { ...plainFilter, q: 'a filter that cannot be read any more', cron: null };
}

/** The addresses of a deployment, the oldest first. */
export async function listFeeds(deployment: string, store: Store): Promise<readonly CalendarFeed[]> {
  const { rows } = await store.read('SELECT * FROM feed WHERE deployment = ? ORDER BY created_at, feed_id', [
    deployment,
  ]);
  return rows.map(toFeed);
}

export type FeedWithToken = { readonly feed: CalendarFeed; readonly token: string };

/** Makes an address. Its token is only ever known from this answer: the store keeps its hash. */
export async function createFeed(
  deployment: string,
  { name, filter, zone }: NewFeed,
  store: Store,
  nowMs: number,
): Promise<Result<FeedWithToken, Problem>> {
  const token = newToken();
  const feedId = randomUUID();
  const [made] = await store.write([
    {
      sql: `INSERT INTO feed (feed_id, deployment, name, token_hash, filter, zone, created_at)
            SELECT ?, ?, ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM feed WHERE deployment = ?) < ?`,
      args: [
        feedId,
        deployment,
        name,
        hashOf(token),
        JSON.stringify(filter),
        zone,
        nowMs,
        deployment,
        mostFeeds,
      ],
    },
  ]);
  if (made?.rowsAffected !== 1) return err(tooMany);
  return ok({
    feed: { feedId, name, filter, zone, createdMs: nowMs, renewedMs: null, readMs: null },
    token,
  });
}

/** Gives a calendar a new address; the old one ends at once. Null where there is no such calendar. */
export async function renewFeed(
  deployment: string,
  feedId: string,
  store: Store,
  nowMs: number,
): Promise<FeedWithToken | null> {
  const token = newToken();
  await store.write([
    {
      sql: 'UPDATE feed SET token_hash = ?, renewed_at = ?, read_at = NULL WHERE deployment = ? AND feed_id = ?',
      args: [hashOf(token), nowMs, deployment, feedId],
    },
  ]);
  const feed = (await listFeeds(deployment, store)).find((each) => each.feedId === feedId);
  return feed === undefined ? null : { feed, token };
}

/** Ends an address for good. False where it was gone already. */
export async function revokeFeed(deployment: string, feedId: string, store: Store): Promise<boolean> {
  const [gone] = await store.write([
    { sql: 'DELETE FROM feed WHERE deployment = ? AND feed_id = ?', args: [deployment, feedId] },
  ]);
  return gone?.rowsAffected === 1;
}

/** Whose calendar a token opens; null for one that was never made, was renewed, or revoked. */
export async function openFeed(
  token: string,
  store: Store,
): Promise<{ readonly deployment: string; readonly feed: CalendarFeed } | null> {
  const { rows } = await store.read('SELECT * FROM feed WHERE token_hash = ?', [hashOf(token)]);
  const [row] = rows;
  return row === undefined ? null : { deployment: String(row['deployment']), feed: toFeed(row) };
}

/** Notes that a calendar program came by, so that an address nobody uses can be told. */
export async function noteRead(feed: CalendarFeed, store: Store, nowMs: number): Promise<void> {
  if (feed.readMs !== null && nowMs - feed.readMs < noteReadEveryMs) return;
  await store.writeSoon([
    { sql: 'UPDATE feed SET read_at = ? WHERE feed_id = ?', args: [nowMs, feed.feedId] },
  ]);
}

const tooMany: Problem = {
  code: 'refused',
  message: `There are ${mostFeeds} calendar addresses already.`,
  hint: 'Revoke one that nobody reads any more, then make a new one.',
};
