import type { Store } from '../store/open-store';

const keptDeliveries = { days: 90, rows: 500 } as const;

/** Forgets what is old of the log and of the alerts that are over. */
export async function pruneAlerts(nowMs: number, store: Store): Promise<void> {
  const beforeMs = nowMs - keptDeliveries.days * 86_400_000;
  await store.write([
    {
      sql: `DELETE FROM alert_delivery WHERE state IN ('sent', 'failed') AND (created_at < ?1 OR delivery_id <= (
              SELECT d.delivery_id FROM alert_delivery d WHERE d.deployment = alert_delivery.deployment
              ORDER BY d.delivery_id DESC LIMIT 1 OFFSET ?2))`,
      args: [beforeMs, keptDeliveries.rows],
    },
    { sql: 'DELETE FROM alert WHERE told_over IS NOT NULL AND closed_at < ?', args: [beforeMs] },
  ]);
}
