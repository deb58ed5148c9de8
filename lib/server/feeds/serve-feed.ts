import 'server-only';
import { createHash } from 'node:crypto';
import type { CronIndex } from '../cron-index/cron-index';
import { slotsOf } from '../calendar/matching-crons';
import { openDashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import { deploymentById } from '../deployments';
import { publicUrl } from '../measuring/hook-address';
import { feedText } from './feed-text';
import { noteRead, openFeed } from './feed-store';
import { planFeed } from './plan-feed';

/** A picture older than this is refreshed before it is served: nobody may have looked for days. */
const freshMs = 60_000;
const fillMs = 20_000;
const tokenFile = /^([\w-]{43})\.ics$/;

/** Kept by the calendar program alone, and asked about each time: a revoked address ends at once. */
const caching = { 'cache-control': 'private, no-cache' };
const plainText = { 'content-type': 'text/plain; charset=utf-8', 'x-robots-tag': 'noindex' };

/** The same for an address that never was, was renewed, revoked, or belongs to a deployment that is gone. */
function notThere(): Response {
  return new Response('There is no calendar at this address.\n', {
    status: 404,
    headers: { ...plainText, 'cache-control': 'no-store' },
  });
}

/** Programs keep what they have and come back: half a calendar would make them delete the other half. */
function notNow(): Response {
  return new Response('Crondeck cannot read the crons at the moment. Try again in a minute.\n', {
    status: 503,
    headers: { ...plainText, 'cache-control': 'no-store', 'retry-after': '60' },
  });
}

/** All crons of the deployment, read not long ago; null where that cannot be had now. */
async function wholeIndex(deployment: Deployment, nowMs: number): Promise<CronIndex | null> {
  const index = await deployment.index();
  if (!index.ok) return null;
  if (!(await index.value.filledWithin(fillMs))) return null;
  const { asOfMs } = index.value.state;
  // Where the deployment does not answer, the last whole picture is better than none.
  if (asOfMs === null || nowMs - asOfMs > freshMs) await index.value.refresh();
  return index.value;
}

/** Where links lead: as it was said, else as the calendar program reached us. The host was checked by the guard. */
function baseOf(request: Request): string {
  const host = request.headers.get('host');
  return publicUrl(process.env) ?? (host === null ? new URL(request.url).origin : `http://${host}`);
}

/**
 * The calendar behind `TOKEN.ics`, for who has the address: no login, no cookies. 304 where it is what the program has, 404
 * for an address that opens nothing, 503 while the crons cannot all be read.
 */
export async function serveFeed(file: string, request: Request): Promise<Response> {
  const dashboard = await openDashboard();
  if (!dashboard.ok) return notNow();
  const { store, now } = dashboard.value.deps;
  const opened = await openFeed(tokenFile.exec(file)?.[1] ?? '', store);
  const deployment = opened === null ? null : deploymentById(opened.deployment);
  if (opened === null || deployment === null || !deployment.ok) return notThere();
  const nowMs = now();
  const index = await wholeIndex(deployment.value, nowMs);
  if (index === null) return notNow();
  const { feed } = opened;
  const plan = planFeed(index.set, slotsOf(index, feed.filter, nowMs), feed.zone, nowMs);
  const subject = { set: index.set, feed, deployment: opened.deployment, base: baseOf(request) };
  const text = feedText(plan, subject);
  await noteRead(feed, store, nowMs).catch(() => undefined);
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  if (isKnown(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers: { etag, ...caching } });
  return new Response(text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="crondeck.ics"',
      'x-robots-tag': 'noindex',
      etag,
      ...caching,
    },
  });
}

/** Proxies that compress mark the tag as weak. */
function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
