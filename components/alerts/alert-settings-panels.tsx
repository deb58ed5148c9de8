'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { AlertRule, AlertSettings } from '@/lib/alerts/alert-settings';
import { problemOf } from '@/lib/query/problem-of';
import { saveSettingMutation, settingQuery } from '@/lib/query/setting-queries';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { ErrorState } from '../ui/error-state';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { toast } from '../ui/toast';
import { QuietHoursForm } from './quiet-hours-form';
import { RuleSwitches } from './rule-switches';

/** What people are told about, and when nobody is to be told. Each change is saved at once. */
export function AlertSettingsPanels({ untold }: { untold: readonly AlertRule[] }) {
  const { deploymentId } = useDeployment();
  const viewerZone = useDisplayZone();
  const { data, error, refetch, isFetching } = useQuery(settingQuery(deploymentId, 'alerts'));
  const saving = useMutation(saveSettingMutation(deploymentId, 'alerts'));
  if (error && !data) {
    const { message, hint } = problemOf(error);
    return (
      <Panel title="What you are told about">
        <ErrorState title={message} onRetry={() => void refetch()} retrying={isFetching}>
          {hint}
        </ErrorState>
      </Panel>
    );
  }
  if (!data) return <Skeleton className="mb-4 h-64" />;
  // Until somebody has saved them, times are meant as whoever looks at them reads them.
  const settings = data.version === 0 ? { ...data.value, zone: viewerZone } : data.value;
  const save = (part: Partial<AlertSettings>) =>
    saving.mutate(
      { value: { ...settings, ...part }, version: data.version },
      {
        onError: (problem) => {
          toast.problem(problemOf(problem));
          void refetch();
        },
      },
    );
  return (
    <>
      <Panel title="What you are told about">
        <RuleSwitches settings={settings} untold={untold} isSaving={saving.isPending} onSave={save} />
      </Panel>
      <Panel title="Quiet hours">
        <QuietHoursForm
          // Saving something else must not take away what was typed here.
          key={JSON.stringify([settings.quiet, settings.zone])}
          settings={settings}
          isSaving={saving.isPending}
          onSave={save}
        />
      </Panel>
    </>
  );
}
