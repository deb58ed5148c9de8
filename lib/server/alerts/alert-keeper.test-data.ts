import type { AlertSettings } from '@/lib/alerts/alert-settings';
import type { WebhookBody } from '@/lib/alerts/message-webhook';
import { runIdSchema, type CronId } from '@/lib/crons/ids';
import type { RunStatus } from '@/lib/crons/run';
import { err, ok, type Problem } from '@/lib/result';
import { startReceiver } from '@/e2e/support/receivers';
import { keepRuns } from '../ledger/keep-runs';
import { aBench, deployment, noon, type Bench } from '../ledger/observer.test-data';
import { claimWatch } from '../ledger/watch-rows';
import { writeSightings } from '../ledger/write-runs';
import { readSetting, saveSetting } from '../settings/setting-store';
import { AlertKeeper, type AlertKeeperOptions } from './alert-keeper';
import { addDestination } from './write-destinations';

export const minute = 60_000;
export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** A bench deployment with a receiver of alerts that is told of the first failure; time is turned by hand. */
export class AlertRig {
  /** Why the deployment does not answer; null while it does. */
  problem: Problem | null = null;
  destination = '';
  private made = 0;

  private constructor(
    readonly bench: Bench,
    readonly receiver: Receiver,
  ) {}

  static async start(): Promise<AlertRig> {
    const [bench, receiver] = await Promise.all([aBench(), startReceiver()]);
    const rig = new AlertRig(bench, receiver);
    await rig.settings({ failingAfter: 'first' });
    rig.destination = await rig.addReceiver(receiver);
    return rig;
  }

  async close(): Promise<void> {
    await Promise.all([this.bench.close(), this.receiver.close()]);
  }

  get store() {
    return this.bench.store;
  }

  async settings(part: Partial<AlertSettings>): Promise<void> {
    const { value, version } = await readSetting(deployment, 'alerts', this.store);
    const given = { value: { ...value, ...part }, version };
    const saved = await saveSetting(deployment, 'alerts', given, this.store, noon);
    if (!saved.ok) throw new Error(saved.error.message);
  }

  async addReceiver({ url, host }: Receiver): Promise<string> {
    this.made += 1;
    const added = await addDestination(
      deployment,
      { kind: 'webhook', name: 'On call', address: url },
      { store: this.store, id: `d${this.made}`, nowMs: this.bench.clock.ms, hosts: new Set([host]) },
    );
    if (!added.ok) throw new Error(added.error.message);
    return added.value.destinationId;
  }

  /** A dashboard on the store. */
  keeper(sessionId: string, part: Partial<AlertKeeperOptions> = {}): AlertKeeper {
    const { bench, store } = this;
    return new AlertKeeper({
      store,
      now: () => bench.clock.ms,
      newId: () => {
        this.made += 1;
        return `${sessionId}-${this.made}`;
      },
      sessionId,
      deployments: () => [deployment],
      target: () => ({
        name: 'Production',
        answers: async () => (this.problem === null ? ok(undefined) : err(this.problem)),
        index: async () => ok(bench.index),
        learn: (nowMs) => keepRuns(bench.index, deployment, store, nowMs),
      }),
      base: 'https://desk.example.com',
      send: { env: { CRONDECK_ALERT_HOSTS: this.receiver.host }, timeoutMs: 500 },
      deadAfterMs: 10_000,
      report: (_message, error) => {
        throw error;
      },
      ...part,
    });
  }

  /** Makes this dashboard the one that collects the runs. */
  async own(sessionId: string, before: string | null = null): Promise<void> {
    if (!(await claimWatch(deployment, before, sessionId, this.store)))
      throw new Error('somebody else collects');
  }

  /** Lets so many minutes go by; everybody looks twice a minute. */
  async pass(minutes: number, ...keepers: readonly AlertKeeper[]): Promise<void> {
    for (let step = 0; step < minutes * 2; step += 1) {
      this.bench.clock.ms += minute / 2;
      if (this.problem === null && step % 2 === 0) await this.bench.index.refresh();
      for (const each of keepers) each.tick();
      for (const each of keepers) await each.settled();
    }
  }

  async run(cronId: CronId, status: RunStatus): Promise<void> {
    this.made += 1;
    const atMs = this.bench.clock.ms;
    const seen = {
      cronId,
      assistantId: null,
      scheduledMs: null,
      startedMs: atMs,
      endedMs: atMs,
      runId: runIdSchema.parse(`00000000-0000-7000-8000-${String(this.made).padStart(12, '0')}`),
      threadId: null,
      status,
      error: status === 'error' ? 'No key' : null,
      output: null,
      result: null,
      source: 'firings' as const,
      firingId: this.made,
      isDueSought: false,
    };
    await writeSightings(deployment, [seen], () => null, this.store);
  }

  /** A cron that is not due for a year, so that only its runs can be wrong. */
  rareCron(name: string): CronId {
    return this.bench.newCron({ schedule: '0 0 1 1 *', metadata: { name, owner: 'ops' } });
  }

  bodies(): readonly WebhookBody[] {
    return this.receiver.got.map(({ body }) => JSON.parse(body) as WebhookBody);
  }

  titles(): readonly string[] {
    return this.bodies().map(({ title }) => title);
  }
}
