import 'server-only';
import pino from 'pino';
import type { Cron } from '@/lib/crons/cron';
import type { DeploymentInfo, ServerKind } from '@/lib/crons/deployment';
import type { CronId } from '@/lib/crons/ids';
import { ok, type Problem, type Result } from '@/lib/result';
import type { DeploymentConfig } from './config';
import { CronIndex } from './cron-index/cron-index';
import { deploymentClient, type DeploymentClient } from './deployment-client';
import { foundReading, usualReading } from './found-reading';
import { findCron } from './find-cron';
import { publicUrl } from './measuring/hook-address';
import { probeServer, type ProbeProblem, type ServerAnswers } from './probe';
import { ServerClock } from './server-clock';
import type { UpstreamProblem } from './upstream-problem';

const log = pino({ name: 'crondeck' });

const answersFreshMs = 300_000;
const judgedFreshMs = 60_000;
const shortestRetryMs = 1_000;
const longestRetryMs = 30_000;

type Reading = DeploymentInfo['reading'];
type Probed = { readonly atMs: number; readonly result: Result<ServerAnswers, ProbeProblem> };

/** One deployment as this process knows it: its client, what it can do, and the index of its crons. */
export class Deployment {
  readonly client: DeploymentClient;
  readonly clock = new ServerClock();
  private probed: Probed | null = null;
  private probing: Promise<Probed> | null = null;
  private failures = 0;
  private kept: CronIndex | null = null;
  private judged: { readonly atMs: number; readonly reading: Reading } | null = null;

  constructor(
    readonly config: DeploymentConfig,
    private readonly now: () => number,
  ) {
    this.client = deploymentClient(config, { noteDate: (...seen) => this.clock.note(...seen) });
  }

  /** What the browser may know. Asks the server again when the last answer is old, or failed a moment ago. */
  async info(): Promise<DeploymentInfo> {
    const { result } = await this.answers();
    const { id, name, url, isLocal } = this.config;
    return {
      id,
      name,
      url,
      isLocal,
      server: result.ok ? { kind: result.value.kind, version: result.value.version } : null,
      state: result.ok
        ? { kind: 'ready', capabilities: result.value.capabilities }
        : { kind: 'problem', problem: result.error },
      reading: result.ok ? this.reading(result.value.kind) : usualReading('unknown'),
      canReport: publicUrl(process.env) !== null,
    };
  }

  /** What changes with every deployment of new code; null before the first answer, or where the server tells nothing. */
  revision(): string | null {
    return this.probed?.result.ok ? this.probed.result.value.revision : null;
  }

  /** The index of its crons, made once the server has said what it can do; touched, so that it stays fresh. */
  async index(): Promise<Result<CronIndex, Problem>> {
    const index = await this.quietIndex();
    if (index.ok) index.value.touch();
    return index;
  }

  /** The same for somebody who refreshes it himself when there is reason to: nobody looks at it because of this. */
  async quietIndex(): Promise<Result<CronIndex, Problem>> {
    if (this.kept === null) {
      const { result } = await this.answers();
      if (!result.ok) return result;
      this.kept ??= this.newIndex(usualReading(result.value.kind));
    }
    return ok(this.kept);
  }

  /** A cron as the deployment has it now. */
  async readCron(id: CronId): Promise<Result<Cron, UpstreamProblem>> {
    const { result } = await this.answers();
    const capabilities = result.ok ? result.value.capabilities : { getCron: true };
    const row = this.kept?.queries.row(id, this.now()) ?? null;
    return findCron(id, { client: this.client, capabilities }, row?.assistant.id ?? null);
  }

  private newIndex(reading: Exclude<Reading, 'unknown'>): CronIndex {
    const can = () => {
      const answers = this.probed?.result;
      return answers?.ok ? answers.value.capabilities : { select: false, count: false };
    };
    return new CronIndex({
      client: this.client,
      can,
      secondsFirst: reading === 'seconds-first',
      now: this.now,
      clockOffset: () => this.clock.offsetMs(),
      report: (error) => log.error({ err: error, deployment: this.config.id }, 'the index of crons stumbled'),
    });
  }

  /** Judged by the crons themselves once they are all there, and judged again now and then. */
  private reading(kind: ServerKind): Reading {
    if (this.kept === null || this.kept.state.filling !== null)
      return this.judged?.reading ?? usualReading(kind);
    if (this.judged !== null && this.now() - this.judged.atMs < judgedFreshMs) return this.judged.reading;
    const reading = foundReading(this.kept.set, kind);
    this.judged = { atMs: this.now(), reading };
    if (reading !== 'unknown' && (reading === 'seconds-first') !== this.kept.secondsFirst) {
      // Words, counts and next runs were computed from the wrong reading: begin anew with the right one.
      this.kept.close();
      this.kept = this.newIndex(reading);
    }
    return reading;
  }

  private async answers(): Promise<Probed> {
    const age = this.probed === null ? Number.POSITIVE_INFINITY : this.now() - this.probed.atMs;
    const freshMs = this.probed?.result.ok
      ? answersFreshMs
      : Math.min(longestRetryMs, shortestRetryMs * 2 ** this.failures);
    if (this.probed !== null && age < freshMs) return this.probed;
    this.probing ??= this.probe().finally(() => {
      this.probing = null;
    });
    return this.probing;
  }

  private async probe(): Promise<Probed> {
    const result = await probeServer(this.client);
    this.failures = result.ok ? 0 : this.failures + 1;
    this.probed = { atMs: this.now(), result };
    return this.probed;
  }
}
