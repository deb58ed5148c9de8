import type { CostSum, CronCost, MonthOfAll } from './cron-cost';
import type { AssistantId, CronId, DeploymentId, ThreadId } from './ids';
import type { RunStatus } from './run';
import type { Problem } from '@/lib/result';

export const cronStatusCodes = [
  'active',
  'paused',
  'ended',
  'overdue',
  'orphaned',
  'never-runs',
  'unreadable',
] as const;
export type CronStatusCode = (typeof cronStatusCodes)[number];

/** How often: fewer than one run a day, 1 to 23, 24 to 287 (hourly or more), 288 and up (every 5 minutes or faster). */
export const frequencyBands = ['rare', 'daily', 'hourly', 'frequent'] as const;
export type FrequencyBand = (typeof frequencyBands)[number];

export const targetKinds = ['thread', 'new-thread-kept', 'new-thread-deleted'] as const;
export type TargetKind = (typeof targetKinds)[number];

export const cronSortColumns = [
  'name',
  'schedule',
  'assistant',
  'thread',
  'status',
  'next-run',
  'last-run',
  'runs-a-day',
  'cost',
  'end',
  'created',
  'updated',
  'owner',
  'zone',
] as const;
export type CronSortColumn = (typeof cronSortColumns)[number];

export const cronGroupings = ['none', 'assistant', 'thread'] as const;
export type CronGrouping = (typeof cronGroupings)[number];

/** The part of a query that says which crons match; a selection of "all that match" is exactly this. */
export type CronFilter = {
  q: string;
  status: CronStatusCode[];
  assistant: string[];
  thread: string[];
  target: TargetKind[];
  often: FrequencyBand[];
  zone: string[];
  owner: string[];
  finding: string[];
};

/** One window of the table. Facet values within a facet are alternatives; different facets must all hold. */
export type CronQuery = CronFilter & {
  sort: CronSortColumn;
  order: 'asc' | 'desc';
  group: CronGrouping;
  offset: number;
  limit: number;
};

/** Rows a person picked: some by hand, or all that match a filter but for a few. Ids of the latter stay on the server. */
export type CronSelection =
  | { kind: 'picked'; ids: string[] }
  | { kind: 'matching'; filter: CronFilter; except: string[] };

/** The query of a table nobody has narrowed: what the schemas of cron-query fill in where a link says nothing. */
export const plainFilter: CronFilter = {
  q: '',
  status: [],
  assistant: [],
  thread: [],
  target: [],
  often: [],
  zone: [],
  owner: [],
  finding: [],
};
export const plainQuery: CronQuery = {
  ...plainFilter,
  sort: 'next-run',
  order: 'asc',
  group: 'none',
  offset: 0,
  limit: 100,
};

export type CronRow = {
  readonly cronId: CronId;
  readonly name: string;
  /** False where the name was taken from the input because metadata has none. */
  readonly named: boolean;
  readonly assistant: {
    readonly id: AssistantId;
    readonly name: string;
    readonly graphId: string | null;
    readonly gone: boolean;
  };
  readonly target:
    | { readonly kind: 'thread'; readonly threadId: ThreadId; readonly name: string; readonly gone: boolean }
    | {
        readonly kind: 'new-thread';
        readonly afterRun: 'delete' | 'keep';
        /** Kept only until its result and cost have been read here. */
        readonly untilMeasured: boolean;
      };
  readonly schedule: string;
  readonly zone: string;
  readonly words: string;
  readonly enabled: boolean;
  readonly status: { readonly code: CronStatusCode; readonly reason: string };
  readonly nextRunMs: number | null;
  /** The latest run that is known, where there is one; `atMs` is when it began. */
  readonly lastRun: { readonly atMs: number; readonly status: RunStatus } | null;
  readonly runsADay: number;
  readonly endMs: number | null;
  readonly createdMs: number | null;
  readonly updatedMs: number | null;
  readonly owner: string | null;
  /** Crons made together from one sentence: which of how many. */
  readonly group: { readonly id: string; readonly part: string } | null;
  /** Runs in the next 30 days if nobody changes anything, exactly counted; null where they cannot be counted here. */
  readonly runsAMonth: number | null;
  readonly cost: CronCost;
  /** What is wrong with it, the most urgent first. */
  readonly findings: readonly CronRowFinding[];
};

export type FindingSeverity = 'critical' | 'warning' | 'notice';
/** A finding as a row shows it; `code` is one of lib/health. */
export type CronRowFinding = {
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly title: string;
  /** Where the facts behind it come from, in words; null where they stand in the cron itself. */
  readonly source: string | null;
};

/** A value of the facet `finding` that stands for everything somebody should look at. */
export const attentionValue = 'attention';

export type FacetValue = { readonly value: string; readonly label: string; readonly count: number };
export const cronFacetNames = [
  'status',
  'assistant',
  'thread',
  'target',
  'often',
  'zone',
  'owner',
  'finding',
] as const;
export type CronFacetName = (typeof cronFacetNames)[number];

/** A heading row of the grouped table; `offset` is the index of its first cron within the sorted result. */
export type CronGroup = {
  readonly key: string;
  readonly label: string;
  readonly offset: number;
  readonly crons: number;
  readonly runsADay: number;
  readonly cost: CostSum;
};

export type CronList = {
  readonly deploymentId: DeploymentId;
  readonly rows: readonly CronRow[];
  readonly offset: number;
  /** How many match the filter, and how many crons there are. */
  readonly matching: number;
  readonly total: number;
  /** Runs a day of all that match. */
  readonly matchingRunsADay: number;
  /** What all that match cost in the next 30 days. */
  readonly matchingCost: CostSum;
  readonly groups: readonly CronGroup[];
  /** Each facet is counted with its own values ignored, at most 50 values. */
  readonly facets: Readonly<Record<CronFacetName, readonly FacetValue[]>>;
  readonly strip: CronStrip;
  readonly snapshot: SnapshotState;
};

/** The sums above the table, over all crons of the deployment. */
export type CronStrip = {
  readonly active: number;
  readonly paused: number;
  readonly ended: number;
  /** Crons somebody should look at: with a finding that is more than a notice, or a status that says so. */
  readonly attention: number;
  readonly month: MonthOfAll;
  /** Runs in each of the next 24 hours, the first starting at `hoursFromMs` (a full hour). */
  readonly runsByHour: readonly number[];
  readonly hoursFromMs: number;
};

/** How far the server's picture of the deployment can be trusted right now. */
export type SnapshotState = {
  readonly version: number;
  readonly asOfMs: number | null;
  readonly filling: { readonly loaded: number; readonly expected: number | null } | null;
  readonly problem: Problem | null;
};
