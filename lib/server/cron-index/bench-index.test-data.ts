import { deploymentIdSchema } from '@/lib/crons/ids';
import { deploymentClient } from '../deployment-client';
import { CronIndex } from './cron-index';

/** The empty index of a bench deployment at `url`, on the clock `now`; whatever it would report is thrown. */
export function benchIndex(url: string, now: () => number): CronIndex {
  const id = deploymentIdSchema.parse('bench');
  return new CronIndex({
    client: deploymentClient({ id, name: 'bench', url, apiKey: null, headers: {}, isLocal: false }),
    can: () => ({ select: true, count: true }),
    report: (error) => {
      throw error;
    },
    secondsFirst: false,
    now,
  });
}
