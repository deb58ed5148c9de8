import { z } from 'zod';
import { parseCron } from '@/lib/crons/parse-cron';
import { parseInstant } from '@/lib/crons/parse-instant';
import { ok, type Result } from '@/lib/result';
import type { DeploymentClient } from '../deployment-client';
import type { UpstreamProblem } from '../upstream-problem';
import type { CronSet } from './cron-set';
import { readPatiently, type Patience } from './read-patiently';

export type LookContext = Patience & {
  readonly set: CronSet;
  readonly client: Pick<DeploymentClient, 'searchCrons' | 'countCrons'>;
  readonly now: () => number;
  readonly pageSize: number;
  readonly canSelect: boolean;
};

/** `trusted` is false where the server took no notice of the order asked for, so that the look proves nothing. */
export type Look = { readonly trusted: boolean };

const firstLimit = 100;
const mostPages = 100;
/** Changes of one moment may become visible out of order; looking a little further back costs nothing. */
const marginMs = 5_000;

/** The latest updated_at in the set, on the server's clock; -Infinity for an empty set. */
export function newestUpdate(set: CronSet): number {
  const { columns } = set;
  let newest = Number.NEGATIVE_INFINITY;
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (columns.alive[slot] === 1 && (columns.updatedMs[slot] as number) > newest)
      newest = columns.updatedMs[slot] as number;
  }
  return newest;
}

/** Takes over what was created or edited since `sinceMs` (server's clock), the latest first. */
export async function lookAtEdits(
  context: LookContext,
  sinceMs: number,
): Promise<Result<Look, UpstreamProblem>> {
  const { set, client, now, signal, pageSize } = context;
  let offset = 0;
  let limit = Math.min(firstLimit, pageSize);
  let before = Number.POSITIVE_INFINITY;
  for (let page = 0; page < mostPages; page += 1) {
    const askedMs = now();
    const reply = await client.searchCrons(
      { limit, offset, sort_by: 'updated_at', sort_order: 'desc' },
      { signal },
    );
    if (!reply.ok) return reply;
    for (const wire of reply.value) {
      const cron = parseCron(wire);
      if (!cron.ok) continue;
      const updatedMs = cron.value.updatedMs;
      if (updatedMs === null || updatedMs > before) return ok({ trusted: false });
      before = updatedMs;
      if (updatedMs < sinceMs - marginMs) return ok({ trusted: true });
      set.upsert(cron.value, askedMs);
    }
    if (reply.value.length < limit) return ok({ trusted: true });
    // A row that moves to the front pushes others down: they come twice, none is left out.
    offset += limit;
    limit = pageSize;
  }
  return ok({ trusted: true });
}

const dueSchema = z.object({ cron_id: z.string(), next_run_date: z.unknown().optional() });
const dueColumns = ['cron_id', 'next_run_date', 'enabled', 'updated_at'];

/**
 * Learns from one or two requests which crons have fired: the enabled ones by next run, earliest first, until the dates
 * lie in the future. A firing moves next_run_date but not updated_at, so a cron whose date we hold is earlier than the
 * last of the list and which is not in it has fired; its new date is computed, and corrected when the list shows it.
 */
export async function lookAtDueCrons(
  context: LookContext,
): Promise<Result<Look & { readonly fired: number }, UpstreamProblem>> {
  const { set, client, now, signal, pageSize, canSelect } = context;
  const askedMs = now();
  const listed = new Map<string, number>();
  let before = Number.NEGATIVE_INFINITY;
  let offset = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const select = canSelect ? { select: dueColumns } : {};
    const order = { sort_by: 'next_run_date', sort_order: 'asc' } as const;
    const body = { enabled: true, limit: pageSize, offset, ...order, ...select };
    const reply = await readPatiently(() => client.searchCrons(body, { signal }), context);
    if (!reply.ok) return reply;
    for (const wire of reply.value) {
      const row = dueSchema.safeParse(wire);
      const nextRunMs = row.success ? parseInstant(row.data.next_run_date) : null;
      if (!row.success || nextRunMs === null) continue;
      if (nextRunMs < before) return ok({ trusted: false, fired: 0 });
      before = nextRunMs;
      listed.set(row.data.cron_id, nextRunMs);
    }
    if (reply.value.length < pageSize) {
      before = Number.POSITIVE_INFINITY;
      break;
    }
    if (before > now()) break;
    offset += pageSize;
  }
  const fired = applyDueList(context, listed, before, askedMs);
  set.confirm(askedMs);
  return ok({ trusted: true, fired });
}

function applyDueList(
  { set, now }: LookContext,
  listed: ReadonlyMap<string, number>,
  coveredMs: number,
  askedMs: number,
): number {
  const { columns } = set;
  const serverNowMs = now() + set.clockOffsetMs;
  let fired = 0;
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (
      columns.alive[slot] === 0 ||
      columns.enabled[slot] === 0 ||
      (columns.editedMs[slot] as number) > askedMs
    )
      continue;
    const held = columns.nextRunMs[slot] as number;
    const shown = listed.get(columns.ids[slot] as string);
    if (shown !== undefined) {
      set.setNextRun(slot, shown);
    } else if (held < coveredMs && held <= serverNowMs) {
      set.setNextRun(slot, set.schedules.nextRun(columns.schedule[slot] as number, serverNowMs));
      fired += 1;
    }
  }
  return fired;
}

/** Crons of the set that a whole pass did not meet and that nobody has changed or seen since it began. */
export function missingAfterPass(
  set: CronSet,
  met: ReadonlySet<string>,
  startedMs: number,
): readonly string[] {
  const { columns } = set;
  const missing: string[] = [];
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (columns.alive[slot] === 0 || met.has(columns.ids[slot] as string)) continue;
    if ((columns.editedMs[slot] as number) > startedMs || (columns.seenMs[slot] as number) > startedMs)
      continue;
    missing.push(columns.ids[slot] as string);
  }
  return missing;
}
