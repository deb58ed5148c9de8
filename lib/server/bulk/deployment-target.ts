import 'server-only';
import type { CronSelection } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { CronIndex } from '../cron-index/cron-index';
import type { Deployment } from '../deployment';
import type { ChangeTarget, Chosen } from './change-target';

/** Servers known to merge the metadata of a PATCH into what is there; others are sent all of it. */
const merging = new Set(['langgraph', 'crondeck-engine']);

/** A configured deployment as changes see it; a problem where it cannot be asked now. */
export async function deploymentTarget(deployment: Deployment): Promise<Result<ChangeTarget, Problem>> {
  const info = await deployment.info();
  if (info.state.kind === 'problem') return err(info.state.problem);
  const index = await deployment.index();
  if (!index.ok) return index;
  const found = index.value;
  return ok({
    id: deployment.config.id,
    client: deployment.client,
    capabilities: info.state.capabilities,
    mergesMetadata: merging.has(info.server?.kind ?? 'unknown'),
    size: found.set.columns.size,
    resolve: (selection) => chosen(found, selection, Date.now()),
    refresh: () => found.refresh(),
    applyUpsert: (cron) => found.applyUpsert(cron),
    applyRemove: (id) => found.applyRemove(id),
  });
}

function chosen(index: CronIndex, selection: CronSelection, nowMs: number): readonly Chosen[] {
  const nameOf = (id: string) => index.queries.row(id, nowMs)?.name ?? null;
  const named = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const name = nameOf(id);
      return name === null ? [] : [{ cronId: id as CronId, name }];
    });
  switch (selection.kind) {
    case 'picked':
      return named([...new Set(selection.ids)]);
    case 'matching': {
      const except = new Set(selection.except);
      const order = { sort: 'created', order: 'asc' } as const;
      return named(index.queries.matchingIds(selection.filter, order, nowMs).filter((id) => !except.has(id)));
    }
  }
}
