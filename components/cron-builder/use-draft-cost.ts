'use client';
import { useQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { formatMoney } from '@/lib/cost/format-money';
import { assistantCostQuery } from '@/lib/query/assistant-queries';
import { useBuilder, useDraftForm } from './builder-context';
import { usePreview } from './preview-context';

type Money = { readonly amount: number; readonly text: string };

/** What the draft costs; nulls are not known, and `source` says where it comes from or what would make it known. */
export type DraftCost = {
  readonly aMonth: Money | null;
  readonly perRun: Money | null;
  readonly budgetLeft: Money | null;
  readonly atLeast: boolean;
  readonly source: string | null;
};

/** The cost of a run of the chosen assistant times the runs of the schedule: no request while one types. */
export function useDraftCost(): DraftCost {
  const { deployment, cronId } = useBuilder();
  const { control } = useDraftForm();
  const { preview } = usePreview();
  const assistantId = useWatch({ control, name: 'assistantId' });
  const { data } = useQuery({
    ...assistantCostQuery(deployment.id, assistantId, cronId),
    enabled: assistantId !== '',
    retry: false,
  });
  if (!data) return { aMonth: null, perRun: null, budgetLeft: null, atLeast: false, source: null };
  const money = (amount: number): Money => ({
    amount,
    text: formatMoney(amount, { currency: data.currency, locale: 'en' }),
  });
  const countable = preview.state === 'runs' || preview.state === 'ended';
  return {
    perRun: data.perRun === null ? null : money(data.perRun),
    aMonth: data.perRun === null || !countable ? null : money(data.perRun * preview.aMonth),
    budgetLeft: data.budgetLeft === null ? null : money(Math.max(0, data.budgetLeft)),
    atLeast: data.atLeast,
    source: data.source,
  };
}
