import { dayMs, type Rule } from './warning';

export const endless: Rule = ({ end }, { preview, costAMonth, nowMs }) => {
  const dear = costAMonth === null ? preview.aDay >= 96 : costAMonth.amount >= 50;
  if (end.kind !== 'never' || preview.state !== 'runs' || !dear) return null;
  const runs = `${Math.round(preview.aMonth).toLocaleString('en')} runs`;
  return {
    code: 'endless',
    tone: 'info',
    title: 'It has no end date.',
    reason: `${costAMonth === null ? runs : `About ${costAMonth.text}`} a month go on until somebody stops it.`,
    fixes: [
      {
        label: 'End it in 30 days',
        change: { end: { kind: 'at', atMs: Math.ceil((nowMs + 30 * dayMs) / dayMs) * dayMs } },
      },
    ],
  };
};

export const overBudget: Rule = (_draft, { costAMonth, budgetAMonth }) =>
  costAMonth === null || budgetAMonth === null || costAMonth.amount <= budgetAMonth.amount
    ? null
    : {
        code: 'over-budget',
        tone: 'warn',
        title: `It costs about ${costAMonth.text} a month.`,
        reason: `That is more than what is left of the monthly budget (${budgetAMonth.text}).`,
        fixes: [],
      };
