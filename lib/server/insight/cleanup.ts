import 'server-only';
import { z } from 'zod';
import { receiptOf } from '@/lib/cost/receipt';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import type { CronId } from '@/lib/crons/ids';
import type { Cleanup, CleanupCard, CleanupRow, EvidenceShown } from '@/lib/health/cleanup';
import { findingCodes, type Evidence, type Finding } from '@/lib/health/finding';
import { findingCards } from '@/lib/health/finding-cards';
import type { CronIndex } from '../cron-index/cron-index';

export const cleanupQuerySchema = z.object({
  /** Only this card; without it all of them. */
  code: z.enum(findingCodes).nullable().default(null),
  offset: z.int().min(0).default(0),
  /** Crons listed on each card. */
  limit: z.int().min(0).max(200).default(5),
});
export type CleanupQuery = z.infer<typeof cleanupQuerySchema>;

const onlyStrip = cronQuerySchema.parse({ limit: 1 });

/** Everything that is wrong with the crons of a deployment, a card for each kind with a window of its crons. */
export function cleanupOf(index: CronIndex, query: CleanupQuery, nowMs: number): Cleanup {
  const { strip } = index.queries.run(onlyStrip, nowMs);
  const { byCron, scheduler } = index.insight.findings;
  const { columns } = index.set;
  const monthMicrosOf = (cronId: CronId) => {
    const micros = columns.monthMicros[columns.slotOf(cronId) ?? -1] ?? Number.NaN;
    return Number.isNaN(micros) ? null : micros;
  };
  const cards = findingCards(byCron, monthMicrosOf)
    .filter(({ code }) => query.code === null || code === query.code)
    .map((card): CleanupCard => {
      const { code, severity, heading, whyItMatters, actions } = card;
      // What has been deleted since the last summing up is no longer there to be cleaned up.
      const present = card.findings.filter(({ cronId }) => columns.slotOf(cronId) !== undefined);
      const { crons, ...sum } = receiptOf(
        present.map(({ cronId }) => ({
          cronId,
          runsAMonth: numberOrNull(columns.monthRuns[columns.slotOf(cronId) ?? -1]),
          monthMicros: monthMicrosOf(cronId),
          atLeast: columns.atLeast[columns.slotOf(cronId) ?? -1] === 1,
        })),
      );
      const window = ranked(present, monthMicrosOf).slice(query.offset, query.offset + query.limit);
      const rows = window.flatMap((finding) => rowOf(index, finding, nowMs));
      return { code, severity, heading, whyItMatters, actions, crons, sum, rows };
    })
    .filter(({ crons }) => crons > 0);
  return { attention: strip.attention, currency: strip.month.currency, scheduler: scheduler.kind, cards };
}

/** The dearest first, those of unknown cost after them. */
function ranked(findings: readonly Finding[], monthMicrosOf: (id: CronId) => number | null): Finding[] {
  return findings.toSorted(
    (a, b) =>
      (monthMicrosOf(b.cronId) ?? -1) - (monthMicrosOf(a.cronId) ?? -1) || (a.cronId < b.cronId ? -1 : 1),
  );
}

function rowOf(index: CronIndex, finding: Finding, nowMs: number): readonly CleanupRow[] {
  const row = index.queries.row(finding.cronId, nowMs);
  if (row === null) return [];
  const evidence = finding.evidence.map((fact) => shown(index, fact, nowMs));
  return [{ row, title: finding.title, evidence }];
}

function shown(index: CronIndex, fact: Evidence, nowMs: number): EvidenceShown {
  if (fact.kind !== 'cron') return fact;
  return { ...fact, name: index.queries.row(fact.cronId, nowMs)?.name ?? null };
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
