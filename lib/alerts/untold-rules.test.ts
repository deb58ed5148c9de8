import { expect, test } from 'vitest';
import { untoldRules } from './untold-rules';

test.each([
  ['without a destination nobody is told anything, which is said elsewhere', [], []],
  ['one that is told everything hears of all', [{ rules: null }, { rules: ['budget'] }], []],
  [
    'what each of them leaves out is told to nobody',
    [{ rules: ['failing', 'overdue'] }, { rules: ['budget', 'deployment-down', 'scheduler-down'] }],
    ['waiting-for-human', 'ending-soon'],
  ],
] as const)('%s', (_rule, destinations, untold) => {
  expect(untoldRules(destinations)).toEqual(untold);
});
