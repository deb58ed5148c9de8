'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveRun } from '@/lib/crons/run';
import { liveRunUrl, refreshRuns } from '@/lib/query/run-queries';

/**
 * What an open run is doing, as it does it; null before the first word and where the server does not tell. The list of runs
 * is asked for by itself and follows the run either way.
 */
export function useLiveRun(deploymentId: string, rowId: number): LiveRun | null {
  const client = useQueryClient();
  const [live, setLive] = useState<LiveRun | null>(null);
  useEffect(() => {
    const stream = new EventSource(liveRunUrl(deploymentId, rowId));
    stream.addEventListener('message', (event) => setLive(JSON.parse(String(event.data)) as LiveRun));
    stream.addEventListener('end', () => {
      stream.close();
      void refreshRuns(client, deploymentId);
    });
    return () => stream.close();
  }, [client, deploymentId, rowId]);
  return live === null || live.state === 'not-live' ? null : live;
}
