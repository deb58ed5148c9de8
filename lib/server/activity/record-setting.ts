import type { JsonObject } from '@/lib/crons/cron';
import type { InDashboard } from '../with-dashboard';
import { recordDone } from './record-done';

type SettingChange = {
  /** What was set and how, in words: 'alerts to “On call” added'. */
  readonly subject: string;
  /** As people may see it: never with a secret. Null before it was made, or once it is gone. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
};

/** Writes down a change that is about no cron: who is told of alerts, prices, calendar addresses. */
export async function recordSetting(
  { deployment, dashboard }: Pick<InDashboard, 'deployment' | 'dashboard'>,
  { subject, before, after }: SettingChange,
): Promise<void> {
  const done = { cronId: '', name: subject, before, after };
  await recordDone('settings', deployment.config.id, [done], dashboard.deps);
}
