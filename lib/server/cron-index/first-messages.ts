import { z } from 'zod';
import type { DeploymentClient } from '../deployment-client';
import { threadTitle } from '../thread-title';
import type { CronSet } from './cron-set';

/** Threads carry their whole state, so only few are asked for at once. */
const batch = 20;

const threadSchema = z.object({ thread_id: z.string(), values: z.unknown().optional() });

export type FirstMessagesOptions = {
  readonly set: CronSet;
  readonly client: Pick<DeploymentClient, 'searchThreads'>;
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/** Names threads without a title by their first message, but only threads that somebody has on the screen. */
export class FirstMessages {
  private readonly untitled = new Set<string>();
  private readonly wanted = new Set<string>();
  private readonly names = new Map<string, string | null>();

  constructor(private readonly options: FirstMessagesOptions) {}

  /** What the first message of a thread gave, if it was read. */
  nameOf(id: string): string | null {
    return this.names.get(id) ?? null;
  }

  /** Notes that the metadata of a thread has no title. */
  isUntitled(id: string): void {
    this.untitled.add(id);
  }

  /** Notes that a thread is on the screen. */
  want(id: string): void {
    if (this.untitled.has(id) && !this.names.has(id)) this.wanted.add(id);
  }

  /** Reads one batch; returns whether there is more to read. */
  async learn(): Promise<boolean> {
    const { set, client, now, signal } = this.options;
    const ids = [...this.wanted].slice(0, batch);
    if (ids.length === 0) return false;
    const reply = await client.searchThreads(
      { ids, limit: batch, select: ['thread_id', 'values'] },
      { signal },
    );
    if (!reply.ok) return false;
    for (const id of ids) {
      this.wanted.delete(id);
      this.names.set(id, null);
    }
    for (const wire of reply.value) {
      const read = threadSchema.safeParse(wire);
      const name = read.success ? threadTitle({}, read.data.values) : null;
      const number = read.success ? set.threads.numberOf(read.data.thread_id) : undefined;
      if (!read.success || name === null || number === undefined) continue;
      this.names.set(read.data.thread_id, name);
      const { status } = set.threads.at(number);
      set.threads.learn(read.data.thread_id, { name, graphId: null, status }, now());
    }
    return this.wanted.size > 0;
  }
}
