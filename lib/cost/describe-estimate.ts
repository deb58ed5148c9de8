import type { UnknownCostReason } from './cost-of-run';
import type { CostEstimate, MeasuredEstimate } from './estimate-run-cost';

/**
 * Where a cost comes from and how far to trust it, in one sentence; for an unknown one, what would make it known. Model
 * names are foreign text: show them as text.
 */
export function describeEstimate(estimate: CostEstimate): string {
  switch (estimate.source) {
    case 'measured-own':
      return `Measured on ${runs(estimate.sample)} of its own. ${trust(estimate)}`;
    case 'measured-assistant':
      return `Measured on ${runs(estimate.sample)} of other crons with the same assistant. ${trust(estimate)}`;
    case 'set-by-hand':
      return 'Set by hand in the settings; nothing was measured.';
    case 'unknown':
      return wayToKnow(estimate.reason, estimate.unpricedModels);
  }
}

function runs(sample: number): string {
  return sample === 1 ? 'one run' : `${sample} runs`;
}

function trust(estimate: MeasuredEstimate): string {
  const gaps =
    estimate.unknownRuns === 0 ? '' : ` ${estimate.unknownRuns} of the latest runs could not be priced.`;
  const bound = estimate.atLeast
    ? ' Some model calls could not be priced, so it costs this much or more.'
    : '';
  switch (estimate.certainty) {
    case 'good':
      return `The mean is good to about 10 %.${gaps}${bound}`;
    case 'fair':
      return `The mean is good to about 30 %.${gaps}${bound}`;
    case 'rough':
      return `The runs are too few or too different for more than a rough idea.${gaps}${bound}`;
    case 'stated':
      return '';
  }
}

function wayToKnow(reason: UnknownCostReason | 'nothing-measured', models: readonly string[]): string {
  switch (reason) {
    case 'nothing-measured':
      return 'Not known: no run was measured yet. Keep its threads, or set a cost by hand.';
    case 'no-usage':
      return 'Not known: its messages do not say how many tokens were used. Set a cost by hand.';
    case 'no-model-name':
      return 'Not known: its messages do not name the model. Set a price for its assistant.';
    case 'no-price':
      return `Not known: there is no price for ${models.join(', ')}. Set one in the settings.`;
  }
}
