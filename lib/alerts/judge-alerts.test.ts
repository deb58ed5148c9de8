import { describe, expect, test } from 'vitest';
import type { AlertRule } from './alert-settings';
import type { Condition } from './condition';
import {
  closeHoldMs,
  judgeAlerts,
  nothingPending,
  openHoldMs,
  type Look,
  type OpenAlert,
} from './judge-alerts';

const minute = 60_000;
const noon = Date.UTC(2026, 10, 21, 12);

function aCondition(part: Partial<Condition> = {}): Condition {
  return {
    rule: 'failing',
    subject: 'a',
    name: 'Price watch',
    why: '',
    sinceMs: null,
    unsure: false,
    ...part,
  };
}

function look(conditions: readonly Condition[], covers: (rule: AlertRule) => boolean = () => true): Look {
  return { conditions, covers };
}

const open: OpenAlert = { alertId: 7, rule: 'failing', subject: 'a', opened: 1 };

/** Looks every half minute at what is said to be so; returns when something opened or closed, in ms after the first. */
function follow(looks: readonly Look[], alerts: readonly OpenAlert[] = []) {
  let pending = nothingPending;
  const happened: [number, string][] = [];
  for (const [turn, each] of looks.entries()) {
    const judged = judgeAlerts(alerts, each, pending, noon + turn * 30_000);
    pending = judged.pending;
    for (const { subject } of judged.opens) happened.push([turn * 30_000, `opens ${subject}`]);
    for (const { alertId } of judged.closes) happened.push([turn * 30_000, `closes ${alertId}`]);
    if (happened.length > 0) break;
  }
  return happened;
}

const times = (count: number, each: Look) => Array.from({ length: count }, () => each);

describe('opening', () => {
  test('a condition opens only after it has lasted for the time of its rule', () => {
    const late = look([aCondition({ rule: 'overdue' })]);
    expect(follow(times(10, late))).toEqual([[openHoldMs.overdue, 'opens a']]);
  });

  test('what passes in between begins anew', () => {
    const late = look([aCondition({ rule: 'overdue' })]);
    expect(follow([late, late, late, look([]), late, late, late, late])).toEqual([]);
  });

  test('what is open already, or not certain, opens nothing', () => {
    expect(follow(times(10, look([aCondition()])), [open])).toEqual([]);
    expect(follow(times(10, look([aCondition({ unsure: true })])))).toEqual([]);
  });

  test('a look that says nothing about a rule opens nothing of it', () => {
    expect(
      follow(
        times(
          10,
          look([aCondition()], (rule) => rule === 'deployment-down'),
        ),
      ),
    ).toEqual([]);
  });
});

describe('closing', () => {
  test('it is over after it was not seen for a while', () => {
    expect(follow(times(10, look([])), [open])).toEqual([[closeHoldMs(1), 'closes 7']]);
  });

  test('it stays open while it is seen, even if not for certain', () => {
    expect(follow(times(10, look([aCondition({ unsure: true })])), [open])).toEqual([]);
  });

  test('a deployment that does not answer resolves nothing', () => {
    expect(
      follow(
        times(
          10,
          look([], (rule) => rule === 'deployment-down'),
        ),
        [open],
      ),
    ).toEqual([]);
  });

  test('the more often it came back, the longer it must be over, up to six hours', () => {
    expect([1, 2, 3, 4, 5, 50].map((opened) => closeHoldMs(opened) / minute)).toEqual([
      2, 8, 32, 128, 360, 360,
    ]);
    expect(follow(times(16, look([])), [{ ...open, opened: 2 }])).toEqual([]);
  });
});

test('after a gap nothing is taken from before it: a machine that slept over the weekend looks first', () => {
  const late = aCondition({ rule: 'overdue' });
  const first = judgeAlerts([open], look([late]), nothingPending, noon);
  expect([...first.pending.opening, ...first.pending.closing]).toHaveLength(2);
  const monday = judgeAlerts([open], look([late]), first.pending, noon + 60 * 60 * minute);
  expect([monday.opens, monday.closes]).toEqual([[], []]);
  const back = judgeAlerts([open], look([late]), first.pending, noon - minute);
  expect([back.opens, back.closes]).toEqual([[], []]);
});
