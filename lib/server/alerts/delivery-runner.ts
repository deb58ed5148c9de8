import type { SessionBeats } from '../session-beats';
import type { Store } from '../store/open-store';
import { claimDelivery, finishDelivery, leaveDeliveries, openDeliveries, type Delivery } from './deliveries';
import { findDestination } from './destinations';
import { sendAlert, type SendOptions, type SendOutcome } from './send';

export type DeliveryRunnerOptions = {
  readonly store: Store;
  readonly now: () => number;
  readonly sessionId: string;
  /** Only those configured here: others have dashboards of their own, with their own mail server. */
  readonly deployments: () => readonly string[];
  readonly beats: SessionBeats;
  readonly send: SendOptions;
  readonly report: (message: string, error: unknown) => void;
};

/** Sent at the same time; a receiver that never answers holds up the others of its round for its ten seconds. */
const atOnce = 8;
const seenAtOnce = 100;

type Unsaved = {
  readonly delivery: Pick<Delivery, 'deliveryId' | 'attempts' | 'kind'>;
  readonly outcome: SendOutcome;
};

/**
 * Sends what waits, each message by one of the dashboards that share the store. What a dashboard that died was sending is
 * sent again: whether it had arrived nobody knows, and the number it carries tells the receiver.
 */
export class DeliveryRunner {
  private running: Promise<void> | null = null;
  /** Outcomes that could not be written: without them a message that arrived would go out again. */
  private unsaved: readonly Unsaved[] = [];
  private isStopped = false;

  constructor(private readonly options: DeliveryRunnerOptions) {}

  tick(): void {
    if (this.isStopped) return;
    this.running ??= this.run()
      .catch((error: unknown) => this.options.report('Alerts could not be sent', error))
      .finally(() => {
        this.running = null;
      });
  }

  async settled(): Promise<void> {
    await this.running;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.settled();
    const { sessionId, store } = this.options;
    if (this.unsaved.length === 0) await leaveDeliveries(sessionId, store);
  }

  private async run(): Promise<void> {
    const { store, now, deployments } = this.options;
    await this.saveOutcomes();
    const open = await openDeliveries(deployments(), now(), seenAtOnce, store);
    const free = open.filter((delivery) => this.isFree(delivery)).slice(0, atOnce);
    await Promise.all(free.map((delivery) => this.take(delivery)));
  }

  private async take(delivery: Delivery): Promise<void> {
    const { store, sessionId } = this.options;
    if (!(await claimDelivery(delivery, sessionId, store))) return;
    const outcome = await this.send(delivery);
    const { deliveryId, kind } = delivery;
    this.unsaved = [
      ...this.unsaved,
      { delivery: { deliveryId, kind, attempts: delivery.attempts + 1 }, outcome },
    ];
    await this.saveOutcomes();
  }

  private isFree({ deliveryId, kind, state, owner, beat }: Delivery): boolean {
    if (state === 'waiting' || owner === null) return true;
    if (owner !== this.options.sessionId) return this.options.beats.isDead(owner, beat);
    // Ours, and no round is under way: the store failed between the claim and the sending.
    return kind === 'alert' && this.unsaved.every((each) => each.delivery.deliveryId !== deliveryId);
  }

  private async send(delivery: Delivery): Promise<SendOutcome> {
    const { store, send } = this.options;
    const destination = await findDestination(delivery.deployment, delivery.destinationId, store);
    if (destination === null) return { kind: 'never', error: 'The destination was removed.' };
    return sendAlert(delivery.message, destination, delivery.deliveryId, send);
  }

  private async saveOutcomes(): Promise<void> {
    const { store, now, sessionId } = this.options;
    for (const each of this.unsaved) {
      await finishDelivery(each.delivery, each.outcome, { sessionId, nowMs: now(), store });
      this.unsaved = this.unsaved.filter((other) => other !== each);
    }
  }
}
