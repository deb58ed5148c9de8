import 'server-only';
import { err, ok } from '@/lib/result';
import type { Deployment } from '../deployment';
import { keepKnowledge } from '../insight/keep-knowledge';
import { keepRuns } from '../ledger/keep-runs';
import type { Store } from '../store/open-store';
import type { AlertTarget } from './look-at-deployment';

/** A configured deployment as the keeper of alerts sees it; nobody counts as looking at it because of this. */
export function alertTarget(deployment: Deployment, store: Store): AlertTarget {
  const { id, name } = deployment.config;
  return {
    name,
    answers: async () => {
      const { state } = await deployment.info();
      return state.kind === 'ready' ? ok(undefined) : err(state.problem);
    },
    index: () => deployment.quietIndex(),
    learn: async (nowMs) => {
      const index = await deployment.quietIndex();
      if (!index.ok) return;
      await keepKnowledge(index.value, id, store, nowMs);
      await keepRuns(index.value, id, store, nowMs);
    },
  };
}
