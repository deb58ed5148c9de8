import type { Cron } from '@/lib/crons/cron';
import { parseCron } from '@/lib/crons/parse-cron';
import { err, ok, type Result } from '@/lib/result';
import type { Answer, CallOptions, CronSearch, DeploymentClient } from '../deployment-client';
import type { UpstreamProblem } from '../upstream-problem';
import { readPatiently, type Patience } from './read-patiently';

export type Page = {
  readonly crons: readonly Cron[];
  readonly ids: readonly string[];
  /** Ids, as far as there are any, of entries that cannot be shown. */
  readonly unreadable: readonly string[];
  readonly askedMs: number;
};

export type PassOptions = Patience & {
  readonly client: Pick<DeploymentClient, 'searchCrons'>;
  readonly now: () => number;
  /** Called with each page as it comes, in any order. */
  readonly onPage: (page: Page) => void;
  /** Requests under way at once. */
  readonly parallel: number;
  readonly pageSize: number;
  readonly select?: readonly string[];
};

/** What a pass through all crons found. */
export type Pass = { readonly pages: number; readonly firstPageRows: number };

// Neighbouring pages share rows: if rows are deleted while we page, later rows move up, and without a shared row
// nobody would notice that one was skipped between two pages.
const mostOverlap = 20;
const bridgeAttempts = 12;

/** Pages in order of creation: new crons join at the end and move nothing. */
function searchPage(options: PassOptions, offset: number): Answer<Page> {
  const { client, now, signal, select, pageSize } = options;
  const order = { sort_by: 'created_at', sort_order: 'asc' } as const;
  const body: CronSearch = { limit: pageSize, offset, ...order, ...(select ? { select } : {}) };
  return readPatiently(() => readPage(client, body, now(), { signal }), options);
}

/** One search, parsed. An entry that cannot be read is counted and left out, so that it hides no other. */
async function readPage(
  client: Pick<DeploymentClient, 'searchCrons'>,
  body: CronSearch,
  askedMs: number,
  call: CallOptions,
): Answer<Page> {
  const reply = await client.searchCrons(body, call);
  if (!reply.ok) return reply;
  const crons: Cron[] = [];
  const ids: string[] = [];
  const unreadable: string[] = [];
  for (const wire of reply.value) {
    const found = typeof wire === 'object' && wire !== null && 'cron_id' in wire ? wire.cron_id : null;
    const id = typeof found === 'string' ? found : '';
    ids.push(id);
    if (body.select) continue;
    const cron = parseCron(wire);
    if (cron.ok) crons.push(cron.value);
    else unreadable.push(id);
  }
  return ok({ crons, ids, unreadable, askedMs });
}

function joins(before: readonly string[], after: readonly string[], overlap: number): boolean {
  // Pages of a single row cannot share one.
  if (overlap === 0) return true;
  const tail = new Set(before.slice(-overlap * 4));
  return after.slice(0, overlap * 4).some((id) => id !== '' && tail.has(id));
}

/** Fetches backwards from a page until the rows join those of the page before it, or it is no use to go on. */
async function bridge(
  options: PassOptions,
  before: readonly string[],
  offset: number,
): Promise<Result<void, UpstreamProblem>> {
  const known = new Set(before);
  let from = offset;
  for (let attempt = 0; attempt < bridgeAttempts; attempt += 1) {
    from = Math.max(0, from - Math.floor(options.pageSize / 2));
    const page = await searchPage(options, from);
    if (!page.ok) return page;
    options.onPage(page.value);
    if (from === 0 || page.value.ids.some((id) => known.has(id))) break;
  }
  return ok(undefined);
}

/**
 * Reads all crons page by page with several requests under way. Ends at the first page that is not full, wherever the
 * server's totals say the end is. A failing request ends the pass; pages that had come before stay applied.
 */
export async function passThroughCrons(options: PassOptions): Promise<Result<Pass, UpstreamProblem>> {
  const overlap = Math.min(mostOverlap, Math.floor(options.pageSize / 2));
  const stride = options.pageSize - overlap;
  const pages: (readonly string[])[] = [];
  let next = 0;
  let last = Number.POSITIVE_INFINITY;
  let failure: UpstreamProblem | null = null;

  async function work(): Promise<void> {
    while (failure === null && next <= last) {
      const number = next;
      next += 1;
      const page = await searchPage(options, number * stride);
      if (!page.ok) {
        failure ??= page.error;
        return;
      }
      pages[number] = page.value.ids;
      if (page.value.ids.length < options.pageSize) last = Math.min(last, number);
      options.onPage(page.value);
    }
  }
  await Promise.all(Array.from({ length: options.parallel }, work));
  if (failure !== null) return err(failure);

  for (let number = 1; number <= last; number += 1) {
    const before = pages[number - 1] ?? [];
    const after = pages[number] ?? [];
    if (joins(before, after, overlap)) continue;
    const bridged = await bridge(options, before, number * stride);
    if (!bridged.ok) return bridged;
  }
  return ok({ pages: last + 1, firstPageRows: pages[0]?.length ?? 0 });
}

/**
 * Whether a server that was asked for full pages gave fewer rows and has more: its own limit is smaller. Counted again
 * before that is believed, because a deployment that shrank meanwhile also gives fewer rows than were expected.
 */
export async function isCutShort(
  { pages, firstPageRows }: Pass,
  pageSize: number,
  expected: number | null,
  count: () => Answer<number | null>,
): Promise<boolean> {
  const isFew = pages === 1 && firstPageRows > 0 && firstPageRows < pageSize;
  if (!isFew || expected === null || firstPageRows >= expected) return false;
  const counted = await count();
  return counted.ok && counted.value !== null && firstPageRows < counted.value;
}
