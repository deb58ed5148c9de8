import { z } from 'zod';
import { cleanText } from '@/lib/crons/clean-text';
import { parseInstant } from '@/lib/crons/parse-instant';
import type { AssistantId, ThreadId } from '@/lib/crons/ids';
import type { DeploymentClient } from '../deployment-client';
import { threadTitle } from '../thread-title';
import type { CronSet } from './cron-set';
import { FirstMessages } from './first-messages';
import type { LearnedName, NameTable } from './name-table';

export type NameLoaderOptions = {
  readonly set: CronSet;
  readonly client: Pick<
    DeploymentClient,
    'searchAssistants' | 'getAssistant' | 'searchThreads' | 'getThread'
  >;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
  readonly signal: AbortSignal;
};

/** A name is asked for again after this long: assistants and threads are renamed and deleted. */
const freshMs = 300_000;
const threadBatch = 500;
const assistantPage = 1000;
const mostAssistantPages = 20;
const singlesARound = 50;
const mostRounds = 200;

const assistantSchema = z.object({
  assistant_id: z.string(),
  name: z.string().nullish(),
  graph_id: z.string().nullish(),
  version: z.number().nullish().catch(null),
  updated_at: z.string().nullish().catch(null),
});
const threadSchema = z.object({
  thread_id: z.string(),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  status: z.enum(['idle', 'busy', 'interrupted', 'error']).nullish().catch(null),
});
type LearnedThread = z.infer<typeof threadSchema>;

/** The first version is no change; of later ones the last update says when. */
function learnedAssistant(wire: z.infer<typeof assistantSchema>): LearnedName {
  const { name, graph_id: graphId, version, updated_at: updated } = wire;
  return {
    name: cleanText(name ?? '') || graphId || 'Unnamed assistant',
    graphId: graphId ?? null,
    changedMs: (version ?? 1) > 1 ? parseInstant(updated) : null,
  };
}

/** Learns the names of the assistants and threads crons point at, in batches, beside the looks of the index. */
export class NameLoader {
  private running: Promise<void> | null = null;
  private canSelect = true;
  private filtersIds = true;

  private readonly firstMessages: FirstMessages;

  constructor(private readonly options: NameLoaderOptions) {
    this.firstMessages = new FirstMessages(options);
  }

  /** Says which threads are on the screen: those without a title are then named by their first message. */
  show(threadIds: readonly string[]): void {
    for (const id of threadIds) this.firstMessages.want(id);
    this.kick(1);
  }

  /** Starts learning unless it is under way already; a round is one batch of each kind. Failures wait for the next kick. */
  kick(rounds = mostRounds): void {
    if (this.running || this.options.signal.aborted) return;
    this.running = this.run(rounds)
      .catch((error: unknown) => {
        if (!this.options.signal.aborted) this.options.report(error);
      })
      .finally(() => {
        this.running = null;
      });
  }

  /** Resolves when everything that can be learned now has been. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async run(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const assistants = await this.learnAssistants();
      const threads = await this.learnThreads();
      const messages = this.filtersIds && this.canSelect && (await this.firstMessages.learn());
      if (!assistants && !threads && !messages) return;
    }
  }

  private stale(table: NameTable, most: number): string[] {
    return table.stale(this.options.now() - freshMs, most);
  }

  /** Returns whether another round may learn more. */
  private async learnAssistants(): Promise<boolean> {
    const { set, client, now, signal } = this.options;
    if (this.stale(set.assistants, 1).length === 0) return false;
    for (let page = 0; page < mostAssistantPages; page += 1) {
      const reply = await client.searchAssistants(
        { limit: assistantPage, offset: page * assistantPage },
        { signal },
      );
      if (!reply.ok) return false;
      for (const wire of reply.value) {
        const read = assistantSchema.safeParse(wire);
        if (!read.success || set.assistants.numberOf(read.data.assistant_id) === undefined) continue;
        set.assistants.learn(read.data.assistant_id, learnedAssistant(read.data), now());
      }
      if (reply.value.length < assistantPage || this.stale(set.assistants, 1).length === 0) break;
    }
    return this.askOneByOne(
      set.assistants,
      this.stale(set.assistants, singlesARound + 1),
      (id) => client.getAssistant(id as AssistantId),
      (wire) => {
        const read = assistantSchema.safeParse(wire);
        return read.success ? learnedAssistant(read.data) : null;
      },
    );
  }

  private async learnThreads(): Promise<boolean> {
    const { set, client, now, signal } = this.options;
    const ids = this.stale(set.threads, threadBatch);
    if (ids.length === 0) return false;
    let missing = ids;
    if (this.filtersIds) {
      const select = this.canSelect ? { select: ['thread_id', 'metadata', 'status'] } : {};
      const reply = await client.searchThreads({ ids, limit: ids.length, ...select }, { signal });
      if (!reply.ok) {
        if (reply.error.code !== 'refused' || !this.canSelect) return false;
        this.canSelect = false;
        return true;
      }
      const asked = new Set(ids);
      const read = reply.value.flatMap((wire) => threadSchema.safeParse(wire).data ?? []);
      // Threads nobody asked for: the server takes no notice of ids, so a missing one may well exist.
      this.filtersIds = read.every((thread) => asked.has(thread.thread_id));
      for (const thread of read) {
        if (asked.delete(thread.thread_id)) this.learnThread(thread, null, now());
      }
      missing = [...asked];
    }
    const more = await this.askOneByOne(
      set.threads,
      missing,
      (id) => client.getThread(id as ThreadId, { signal }),
      (wire) => {
        const thread = threadSchema.safeParse(wire).data;
        const name = threadTitle(thread?.metadata ?? {}, wire.values) ?? 'Untitled thread';
        return { name, graphId: null, status: thread?.status ?? null };
      },
    );
    return more || ids.length === threadBatch;
  }

  private learnThread(thread: LearnedThread, values: unknown, nowMs: number): void {
    const { thread_id: id, metadata, status = null } = thread;
    const title = threadTitle(metadata ?? {}, values);
    if (title === null) this.firstMessages.isUntitled(id);
    const name = title ?? this.firstMessages.nameOf(id) ?? `Untitled thread ${id.slice(0, 6)}`;
    this.options.set.threads.learn(id, { name, graphId: null, status }, nowMs);
  }

  /** Only a 404 makes a thing "gone"; any other failure leaves what was known and asks again later. */
  private async askOneByOne(
    table: NameTable,
    ids: readonly string[],
    ask: (id: string) => ReturnType<DeploymentClient['getThread']>,
    read: (wire: Readonly<Record<string, unknown>>) => LearnedName | null,
  ): Promise<boolean> {
    const { now } = this.options;
    for (const id of ids.slice(0, singlesARound)) {
      const reply = await ask(id);
      if (!reply.ok && reply.error.code === 'not-found') table.markGone(id, now());
      else if (!reply.ok && reply.error.code !== 'refused') return false;
      else {
        const learned = reply.ok ? read(reply.value) : null;
        if (learned) table.learn(id, learned, now());
        else table.markAsked(id, now());
      }
    }
    return ids.length > singlesARound;
  }
}
