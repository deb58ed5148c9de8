import { expect, test } from 'vitest';
import { describeEstimate } from './describe-estimate';
import type { CostEstimate, MeasuredEstimate } from './estimate-run-cost';

const measured = (part: Partial<MeasuredEstimate>): CostEstimate => ({
  source: 'measured-own',
  perRun: 1,
  low: 1,
  high: 1,
  sample: 24,
  unknownRuns: 0,
  atLeast: false,
  certainty: 'good',
  ...part,
});
const unknown = (reason: 'nothing-measured' | 'no-usage' | 'no-model-name' | 'no-price'): CostEstimate => ({
  source: 'unknown',
  reason,
  unpricedModels: ['a', 'b'],
});

test.each<[CostEstimate, string]>([
  [measured({}), 'Measured on 24 runs of its own. The mean is good to about 10 %.'],
  [
    measured({ source: 'measured-assistant', sample: 1, certainty: 'rough' }),
    'Measured on one run of other crons with the same assistant. The runs are too few or too different for more than a rough idea.',
  ],
  [
    measured({ certainty: 'fair', unknownRuns: 2, atLeast: true }),
    'Measured on 24 runs of its own. The mean is good to about 30 %. 2 of the latest runs could not be priced. Some model calls could not be priced, so it costs this much or more.',
  ],
  [
    { source: 'set-by-hand', perRun: 1, sample: 0, atLeast: false, certainty: 'stated' },
    'Set by hand in the settings; nothing was measured.',
  ],
  [
    unknown('nothing-measured'),
    'Not known: no run was measured yet. Keep its threads, or set a cost by hand.',
  ],
  [unknown('no-usage'), 'Not known: its messages do not say how many tokens were used. Set a cost by hand.'],
  [unknown('no-model-name'), 'Not known: its messages do not name the model. Set a price for its assistant.'],
  [unknown('no-price'), 'Not known: there is no price for a, b. Set one in the settings.'],
])('%o reads: %s', (estimate, sentence) => {
  expect(describeEstimate(estimate)).toBe(sentence);
});
