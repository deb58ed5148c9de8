import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { AlertSettings } from '@/lib/alerts/alert-settings';
import type { BudgetSetting, PriceSetting, Setting } from '@/lib/crons/cost-settings';
import { cronListKey } from './cron-queries';
import { apiGet, apiSend, deploymentPath } from './http';

type Settings = {
  readonly prices: PriceSetting;
  readonly budgets: BudgetSetting;
  readonly alerts: AlertSettings;
};

/** A group of settings of a deployment, with the version that is to be sent back when it is saved. */
export function settingQuery<Name extends keyof Settings>(deploymentId: string, name: Name) {
  return queryOptions({
    queryKey: ['settings', deploymentId, name],
    queryFn: ({ signal }) =>
      apiGet<Setting<Settings[Name]>>(deploymentPath(deploymentId, 'settings', name), signal),
    staleTime: 0,
  });
}

/** Saves a group of settings; fails with the code `settings-changed` where somebody else has saved since. */
export function saveSettingMutation<Name extends keyof Settings>(deploymentId: string, name: Name) {
  return mutationOptions({
    mutationKey: ['settings', deploymentId, name, 'save'],
    mutationFn: (given: { value: Settings[Name]; version: number }) =>
      apiSend<Setting<Settings[Name]>>('PUT', deploymentPath(deploymentId, 'settings', name), given),
    onSuccess: async (saved, _given, _result, { client }) => {
      client.setQueryData(settingQuery(deploymentId, name).queryKey, saved);
      await client.invalidateQueries({ queryKey: cronListKey(deploymentId) });
      await client.invalidateQueries({ queryKey: ['cleanup', deploymentId] });
    },
  });
}
