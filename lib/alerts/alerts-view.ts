import type { Problem } from '@/lib/result';
import type { AlertRule } from './alert-settings';

export const destinationKinds = ['email', 'slack', 'webhook'] as const;
export type DestinationKind = (typeof destinationKinds)[number];

/** A destination as the browser may know it: addresses of webhooks can be secrets and are shown in part. */
export type DestinationShown = {
  readonly destinationId: string;
  readonly kind: DestinationKind;
  readonly name: string;
  readonly address: string;
  /** What is told there; null: everything. */
  readonly rules: readonly AlertRule[] | null;
  readonly createdMs: number;
};

/** `waiting`: before its first try, or between two. `failed`: given up. */
export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'failed';

export type DeliveryShown = {
  readonly deliveryId: number;
  readonly kind: 'alert' | 'test';
  readonly destinationName: string;
  readonly destinationKind: DestinationKind;
  readonly title: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Why the last try did not get through; foreign text made safe. */
  readonly error: string | null;
  readonly createdMs: number;
  /** Of one that waits: when it is tried next. Of one that is done: when that was. */
  readonly atMs: number;
};

export type OpenAlertShown = {
  readonly rule: AlertRule;
  readonly cronId: string | null;
  readonly name: string;
  readonly why: string;
  readonly sinceMs: number;
  /** Whether its message is on its way or out. */
  readonly told: boolean;
};

/** What the page of alerts shows beside the settings. */
export type AlertsView = {
  readonly destinations: readonly DestinationShown[];
  /** At most 100 of them, the latest first. */
  readonly open: readonly OpenAlertShown[];
  readonly openCount: number;
  readonly deliveries: readonly DeliveryShown[];
  readonly mail:
    | { readonly ready: true; readonly from: string }
    | { readonly ready: false; readonly problem: Problem };
  /** Where links in messages lead. */
  readonly links: { readonly base: string; readonly onlyHere: boolean };
};

/** The answer to a new destination: the signing secret of a webhook is in it, null for the other kinds. */
export type DestinationMade = { readonly destination: DestinationShown; readonly secret: string | null };
