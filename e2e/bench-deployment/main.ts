import { parseArgs } from 'node:util';
import { churn } from './churn';
import { startBenchDeployment } from './start-bench-deployment';

// npx tsx e2e/bench-deployment/main.ts --port 3120 --crons 100000 --latency 20 --error-rate 0.01 --rate-limit 50 --churn 5
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '2030' },
    crons: { type: 'string', default: '100000' },
    assistants: { type: 'string', default: '40' },
    threads: { type: 'string', default: '30000' },
    seed: { type: 'string', default: '1' },
    latency: { type: 'string', default: '0' },
    'error-rate': { type: 'string', default: '0' },
    'rate-limit': { type: 'string', default: '0' },
    churn: { type: 'string', default: '0' },
    'api-key': { type: 'string' },
    /** Crons do not fire. */
    still: { type: 'boolean', default: false },
  },
});

const bench = await startBenchDeployment({
  port: Number(values.port),
  crons: Number(values.crons),
  assistants: Number(values.assistants),
  threads: Number(values.threads),
  seed: Number(values.seed),
  faults: {
    latencyMs: Number(values.latency),
    errorRate: Number(values['error-rate']),
    requestsPerSecond: Number(values['rate-limit']),
    apiKey: values['api-key'] ?? null,
  },
});
if (!values.still) setInterval(() => bench.store.fire(Date.now()), 1000);
const changesASecond = Number(values.churn);
if (changesASecond > 0) churn(bench.store.crons, changesASecond, Date.now);
process.stdout.write(`Bench deployment with ${bench.store.crons.size} crons: ${bench.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
