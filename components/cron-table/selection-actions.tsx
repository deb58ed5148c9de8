'use client';
import { useState } from 'react';
import type { Capabilities } from '@/lib/crons/deployment';
import type { CostSum } from '@/lib/crons/cron-cost';
import type { CronFilter } from '@/lib/crons/cron-list';
import type { ActivityChange } from '@/lib/crons/activity';
import type { JobEnd } from '../jobs/jobs-context';
import { useBulk } from '../jobs/use-bulk';
import { selectionSum, toCronSelection, type Picked } from './selection';
import { SelectionBar, type AskedAction } from './selection-bar';
import type { SelectionControl } from './use-selection';
import { later } from '../ui/later';

const ChangedSelection = later(() =>
  import('../jobs/changed-selection').then((module) => module.ChangedSelection),
);
const BulkDialog = later(() => import('../jobs/bulk-dialog').then((module) => module.BulkDialog));

type SelectionActionsProps = {
  filter: CronFilter;
  matching: number;
  matchingCost: CostSum;
  currency: string;
  selection: SelectionControl;
  capabilities: Capabilities | null;
  asked: AskedAction | null;
  setAsked: (kind: AskedAction | null) => void;
  /** Hears what did not work. */
  onFailed: (failed: readonly ActivityChange[]) => void;
};

/** The bar of the selection with what its buttons do: each shows its receipt first and then runs as a job. */
export function SelectionActions(props: SelectionActionsProps) {
  const { filter, selection, capabilities, asked, setAsked } = props;
  const bulk = useBulk();
  // What was selected when it was asked for, whatever the table shows by the time it ends.
  const [picked, setPicked] = useState<ReadonlyMap<string, Picked>>(new Map());
  const chosen = toCronSelection(selection.selection, filter);
  const canPause = capabilities?.enabled ?? false;

  const ask = (kind: AskedAction) => {
    setPicked(selection.selection.kind === 'picked' ? selection.selection.picked : new Map());
    setAsked(kind);
  };
  const onEnd = ({ failed }: JobEnd) => {
    if (failed.length === 0) return;
    props.onFailed(failed);
    selection.keepOnly(failed.map(({ cronId, name }) => picked.get(cronId) ?? unknownCost(cronId, name)));
  };

  return (
    <>
      {selection.count > 0 && (
        <SelectionBar
          count={selection.count}
          matching={props.matching}
          sum={selectionSum(selection.selection, props.matchingCost)}
          currency={props.currency}
          canPause={canPause}
          canChange={capabilities?.patch ? { zone: capabilities.timezone } : null}
          onSelectAll={selection.selectAll}
          onClear={selection.clear}
          onAction={ask}
        />
      )}
      {asked !== null && selection.count > 0 && (
        <BulkDialog
          kind={asked}
          selection={chosen}
          bulk={bulk}
          canPause={canPause}
          onClose={() => setAsked(null)}
          onStart={selection.clear}
          onEnd={onEnd}
        />
      )}
      {bulk.refused !== null && <ChangedSelection bulk={bulk} />}
    </>
  );
}

function unknownCost(cronId: Picked['cronId'], name: string): Picked {
  return { cronId, name, runsAMonth: null, monthMicros: null, atLeast: false };
}
