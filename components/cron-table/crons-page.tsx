'use client';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { ActivityChange } from '@/lib/crons/activity';
import type { CronRow } from '@/lib/crons/cron-list';
import { problemOf } from '@/lib/query/problem-of';
import { LookBackSpace } from '../look-back/look-back-space';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { useIsPainted } from '../ui/use-is-painted';
import { useNow } from '../ui/use-now';
import { useStored } from '../ui/use-stored';
import { CronGrid, type GridHandle } from './cron-grid';
import { FindBar } from './find-bar';
import { rulerAxis } from './ruler-axis';
import type { AskedAction } from './selection-bar';
import { Strip } from './strip';
import { TableContextProvider } from './table-context';
import { TableSkeleton } from './table-skeleton';
import { readTableLook } from './table-look';
import { useCronActions } from './use-cron-actions';
import { useCronUrl } from './use-cron-url';
import { useCronWindows } from './use-cron-windows';
import { useRangeSelect } from './use-range-select';
import { useRowKeys } from './use-row-keys';
import { useSelection } from './use-selection';
import { clearedFilter, filterOf } from './url-state';
import { later } from '../ui/later';

const IgnoredNote = later(() => import('./ignored-note').then((module) => module.IgnoredNote));
const SnapshotNote = later(() => import('./snapshot-note').then((module) => module.SnapshotNote));
const KeysHelp = later(() => import('./keys-help').then((module) => module.KeysHelp));
const DeploymentProblemPage = later(() =>
  import('../shell/deployment-problem').then((module) => module.DeploymentProblemPage),
);
const BulkFailures = later(() => import('./bulk-failures').then((module) => module.BulkFailures));
const SelectionActions = later(() => import('./selection-actions').then((module) => module.SelectionActions));
const NoCrons = later(() => import('./list-states').then((module) => module.NoCrons));
const NothingFound = later(() => import('./list-states').then((module) => module.NothingFound));
const LookBackPanel = later(
  () => import('../look-back/look-back-panel').then((module) => module.LookBackPanel),
  <LookBackSpace />,
);
const DeleteOne = later(() => import('../cron-delete/delete-one').then((module) => module.DeleteOne));

/** All crons of the deployment: found, told apart, and acted upon. */
export function CronsPage() {
  const { deploymentId, info, capabilities } = useDeployment();
  const zone = useDisplayZone();
  const nowMs = useNow(60_000);
  const url = useCronUrl();
  const state = useDeferredValue(url.state);
  const filter = useMemo(() => filterOf(state), [state]);
  const [range, setRange] = useState<readonly [first: number, last: number]>([0, 0]);
  const windows = useCronWindows(deploymentId, state, ...range);
  const { list } = windows;
  const matching = list?.matching ?? 0;
  // The rows come first; what looks back is loaded when they stand there.
  const isPainted = useIsPainted(list !== null);
  const [look, setLook] = useStored('crondeck.table', readTableLook);
  const selection = useSelection(filter, matching);
  // Once something was selected its actions stay: a job that was begun still has to tell its end.
  const [hasSelected, setHasSelected] = useState(false);
  if (selection.count > 0 && !hasSelected) setHasSelected(true);
  const onSelect = useRangeSelect(deploymentId, state, selection, windows.indexOf);
  const actions = useCronActions(deploymentId);
  const [failures, setFailures] = useState<readonly ActivityChange[]>([]);
  const [removing, setRemoving] = useState<CronRow | null>(null);
  const [isRemoving, setIsRemoving] = useState(false);
  const [help, setHelp] = useState<boolean | null>(null);
  const [asked, setAsked] = useState<AskedAction | null>(null);
  const grid = useRef<GridHandle>(null);
  const search = useRef<HTMLInputElement>(null);

  const remove = (row: CronRow) => {
    setRemoving(row);
    setIsRemoving(true);
  };
  const canPause = capabilities?.enabled ?? false;
  const secondsFirst = info?.reading === 'seconds-first';
  const axis = useMemo(() => rulerAxis(nowMs ?? 0, zone), [nowMs, zone]);
  const { pause, resume, run } = actions;
  const context = {
    deploymentId,
    axis,
    zone,
    secondsFirst,
    isCompact: look.density === 'compact',
    actions: { pause, resume, run, remove, canPause },
  };

  useRowKeys({
    deploymentId,
    windows,
    matching,
    selection,
    onSelect,
    actions: context.actions,
    grid,
    search,
    onRemoveSelected: () => setAsked('delete'),
    onHelp: () => setHelp(true),
  });

  const onRange = useCallback((first: number, last: number) => {
    setRange((before) => (before[0] === first && before[1] === last ? before : [first, last]));
  }, []);
  const change: typeof url.setState = (values, options) => {
    grid.current?.toTop();
    return url.setState(values, options);
  };

  if (windows.error && list === null) return <DeploymentProblemPage problem={problemOf(windows.error)} />;
  const isEmpty = list !== null && list.total === 0 && !list.snapshot.filling && !list.snapshot.problem;
  return (
    <TableContextProvider value={context}>
      <h1 className="sr-only">Crons</h1>
      {(list?.snapshot.problem || list?.snapshot.filling) && (
        <SnapshotNote snapshot={list.snapshot} zone={zone} />
      )}
      {url.ignored.length > 0 && <IgnoredNote names={url.ignored} />}
      {failures.length > 0 && <BulkFailures failures={failures} onDismiss={() => setFailures([])} />}
      {isEmpty ? (
        <NoCrons deploymentId={deploymentId} />
      ) : (
        <>
          <Strip
            strip={list?.strip ?? null}
            zone={zone}
            onFilter={({ status = [], finding = [] }) =>
              void change({ ...clearedFilter, status: [...status], finding: [...finding] })
            }
          />
          {list !== null &&
            list.total > 0 &&
            (isPainted ? (
              <LookBackPanel
                deploymentId={deploymentId}
                zone={zone}
                isReady={list.snapshot.filling === null}
              />
            ) : (
              <LookBackSpace />
            ))}
          <FindBar
            deploymentId={deploymentId}
            list={list}
            isBusy={windows.isBehind && windows.isFetching}
            url={{ ...url, setState: change }}
            look={look}
            setLook={setLook}
            searchRef={search}
          />
          {list === null ||
          nowMs === null ||
          (matching === 0 && (list.total === 0 || list.snapshot.filling || windows.isBehind)) ? (
            <TableSkeleton />
          ) : matching === 0 ? (
            <NothingFound total={list.total} onClear={() => void change(clearedFilter)} />
          ) : (
            <CronGrid
              ref={grid}
              windows={windows}
              matching={matching}
              groups={list.groups}
              group={state.group}
              currency={list.strip.month.currency}
              look={look}
              sort={state.sort}
              order={state.order}
              onSort={(sort, order) => void change({ sort, order })}
              selection={selection}
              onSelect={onSelect}
              onRange={onRange}
            />
          )}
        </>
      )}
      {list && hasSelected && (
        <SelectionActions
          filter={filter}
          matching={matching}
          matchingCost={list.matchingCost}
          currency={list.strip.month.currency}
          selection={selection}
          capabilities={capabilities}
          asked={asked}
          setAsked={setAsked}
          onFailed={setFailures}
        />
      )}
      {removing && (
        <DeleteOne
          deploymentId={deploymentId}
          row={removing}
          open={isRemoving}
          onOpenChange={setIsRemoving}
          canPause={canPause}
          secondsFirst={secondsFirst}
        />
      )}
      {help !== null && <KeysHelp open={help} onOpenChange={setHelp} />}
    </TableContextProvider>
  );
}
