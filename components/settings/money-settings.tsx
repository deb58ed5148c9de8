'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { assistantsQuery } from '@/lib/query/assistant-queries';
import { problemOf } from '@/lib/query/problem-of';
import { saveSettingMutation, settingQuery } from '@/lib/query/setting-queries';
import { useDeployment } from '../shell/deployment-context';
import { ErrorState } from '../ui/error-state';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { toast } from '../ui/toast';
import { BudgetForm } from './budget-form';
import { PriceForm } from './price-form';

const assistantsOffered = 200;

/** Prices, costs set by hand and budgets of this deployment. */
export function MoneySettings() {
  const { deploymentId, info } = useDeployment();
  const prices = useQuery(settingQuery(deploymentId, 'prices'));
  const budgets = useQuery(settingQuery(deploymentId, 'budgets'));
  const { data: found } = useQuery(assistantsQuery(deploymentId, '', assistantsOffered));
  const onError = (error: Error) => toast.problem(problemOf(error));
  const onSuccess = () => toast.done('Saved', { hint: 'Every cost is worked out anew with it.' });
  const savePrices = useMutation(saveSettingMutation(deploymentId, 'prices'));
  const saveBudgets = useMutation(saveSettingMutation(deploymentId, 'budgets'));
  const error = prices.error ?? budgets.error;
  const name = info?.name ?? deploymentId;
  if (error && (!prices.data || !budgets.data)) {
    const { message, hint } = problemOf(error);
    return (
      <Panel title="Prices and budgets">
        <ErrorState
          title={message}
          onRetry={() => {
            void prices.refetch();
            void budgets.refetch();
          }}
          retrying={prices.isFetching || budgets.isFetching}
        >
          {hint}
        </ErrorState>
      </Panel>
    );
  }
  if (!prices.data || !budgets.data) return <Skeleton className="mb-4 h-48" />;
  const { priceList } = prices.data;
  const assistants = (found?.assistants ?? []).map((one) => ({
    value: one.assistantId,
    label: one.name,
    ...(one.graphId !== null && { hint: one.graphId }),
  }));
  return (
    <>
      <Panel title={`Prices of ${name}`} aside={`Price list ${priceList.name}, ${priceList.date}`}>
        <PriceForm
          key={prices.data.version}
          setting={prices.data}
          assistants={assistants}
          isSaving={savePrices.isPending}
          onSave={(value) =>
            savePrices.mutate({ value, version: prices.data.version }, { onError, onSuccess })
          }
        />
      </Panel>
      <Panel title={`Budgets of ${name}`}>
        <BudgetForm
          key={budgets.data.version}
          setting={budgets.data}
          currency={prices.data.value.currency}
          assistants={assistants}
          isSaving={saveBudgets.isPending}
          onSave={(value) =>
            saveBudgets.mutate({ value, version: budgets.data.version }, { onError, onSuccess })
          }
        />
      </Panel>
    </>
  );
}
