import type { Target } from '../suite/server-under-test';

/** A server that was started for the suite, or the one line that says why it was not. */
export type Started =
  | { readonly kind: 'running'; readonly target: Target; output(): string; stop(): Promise<void> }
  | { readonly kind: 'skipped'; readonly why: string };

/** One server the suite can start by itself. Rejects when it should have started and did not. */
export type ReachableTarget = { readonly name: string; start(): Promise<Started> };

/** One that is not ours: what it needs is installed at its first start, or before, for several who start it at once. */
export type RealServer = ReachableTarget & { install(): Promise<unknown> };

export const skipped = (why: string): Started => ({ kind: 'skipped', why });
