import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** An occurrence whose run was created this long after its time counts as late: the real server's polling interval. */
export const LATE_MS = 5000;

export type Metrics = ReturnType<typeof engineMetrics>;

/** The engine's own registry, so that it never mixes with what the host program measures. */
export function engineMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    due: new Counter({ name: 'crondeck_due_total', help: 'Occurrences claimed', registers }),
    fired: new Counter({ name: 'crondeck_fired_total', help: 'Runs created for an occurrence', registers }),
    late: new Counter({
      name: 'crondeck_late_total',
      help: 'Runs created more than 5 s after their time',
      registers,
    }),
    failed: new Counter({
      name: 'crondeck_failed_total',
      help: 'Occurrences whose run was refused',
      registers,
    }),
    skipped: new Counter({
      name: 'crondeck_skipped_total',
      help: 'Occurrences skipped: busy thread or long outage',
      registers,
    }),
    retried: new Counter({
      name: 'crondeck_retried_total',
      help: 'Attempts to create a run that will be repeated',
      registers,
    }),
    ended: new Counter({
      name: 'crondeck_runs_ended_total',
      help: 'Runs that ended, by status',
      labelNames: ['status'],
      registers,
    }),
    webhooks: new Counter({
      name: 'crondeck_webhooks_total',
      help: 'Webhooks by result',
      labelNames: ['result'],
      registers,
    }),
    queue: new Gauge({
      name: 'crondeck_dispatch_queue',
      help: 'Firings claimed but not yet posted',
      registers,
    }),
    open: new Gauge({ name: 'crondeck_open_runs', help: 'Runs created and not yet ended', registers }),
    upstreamUp: new Gauge({
      name: 'crondeck_agent_server_up',
      help: '1 while the Agent Server answers',
      registers,
    }),
    lateness: new Histogram({
      name: 'crondeck_lateness_seconds',
      help: 'Time from an occurrence to the creation of its run',
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
      registers,
    }),
  };
}
