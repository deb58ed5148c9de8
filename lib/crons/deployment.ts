import type { DeploymentId } from './ids';
import type { Problem } from '@/lib/result';

/** What a server lets us do; found by asking it, never assumed (how: lib/server). What is false is not offered. */
export type Capabilities = {
  /** Change a cron in place. Without it an edit becomes a replace. */
  readonly patch: boolean;
  /** Pause and resume. */
  readonly enabled: boolean;
  readonly timezone: boolean;
  readonly metadataFilter: boolean;
  readonly getCron: boolean;
  readonly count: boolean;
  readonly select: boolean;
  /** Beyond the contract: the engine's own list of firings. */
  readonly firings: boolean;
};

export type ServerKind = 'crondeck-engine' | 'langgraph' | 'langgraph-js' | 'aegra' | 'unknown';

export type DeploymentProblemCode = 'unreachable' | 'unauthorised' | 'no-crons' | 'failing';

/** One deployment as the browser sees it: no key, no headers. */
export type DeploymentInfo = {
  readonly id: DeploymentId;
  readonly name: string;
  /** Origin and path without credentials, for people to recognise. */
  readonly url: string;
  readonly isLocal: boolean;
  readonly server: { readonly kind: ServerKind; readonly version: string | null } | null;
  readonly state:
    | { readonly kind: 'ready'; readonly capabilities: Capabilities }
    | { readonly kind: 'problem'; readonly problem: Problem<DeploymentProblemCode> };
  /** Which way this server reads six-field schedules; 'unknown' means only its own dates are shown. */
  readonly reading: 'seconds-last' | 'seconds-first' | 'unknown';
  /** Whether runs can report to this dashboard: only where it knows the address servers reach it at. */
  readonly canReport: boolean;
};
