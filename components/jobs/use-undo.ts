'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { CronId } from '@/lib/crons/ids';
import { useDeployment } from '../shell/deployment-context';
import { takeBack, type Undoable } from './take-back';

/** Takes an entry back, or one of its crons, and says how that went. */
export function useUndo(): (entry: Undoable, cronIds?: readonly CronId[]) => void {
  const { deploymentId } = useDeployment();
  const client = useQueryClient();
  const begun = useRef(new Set<string>());
  return useCallback(
    (entry, cronIds) => void takeBack({ client, deploymentId, begun: begun.current }, entry, cronIds),
    [client, deploymentId],
  );
}
