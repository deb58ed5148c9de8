'use client';
import { CalendarDays, Download, Group } from 'lucide-react';
import type { Ref } from 'react';
import { cronFacetNames, type CronFacetName, type CronGrouping, type CronList } from '@/lib/crons/cron-list';
import { cronExportUrl } from '@/lib/query/cron-queries';
import { Button } from '../ui/button';
import { formatCount, plural } from '../ui/format-number';
import { Menu, MenuChoice, MenuItem } from '../ui/menu';
import { calendarPath } from '../cron-calendar/calendar-path';
import { sectionPath } from '../shell/sections';
import { LinkButton } from '../ui/link-button';
import { ColumnsMenu } from './columns-menu';
import { FacetChip } from './facet-chip';
import { facetLabels } from './facets';
import { SearchBox } from './search-box';
import type { TableLook } from './table-look';
import type { useCronUrl } from './use-cron-url';
import { clearedFilter, filterOf, hasFilter } from './url-state';
import { ViewsMenu } from './views-menu';

type FindBarProps = {
  deploymentId: string;
  list: CronList | null;
  isBusy: boolean;
  url: ReturnType<typeof useCronUrl>;
  look: TableLook;
  setLook: (look: TableLook) => void;
  searchRef: Ref<HTMLInputElement>;
};

const groupings = [
  { value: 'none', label: 'No groups' },
  { value: 'assistant', label: 'By assistant' },
  { value: 'thread', label: 'By thread' },
] as const satisfies readonly { value: CronGrouping; label: string }[];

const alwaysThere: ReadonlySet<CronFacetName> = new Set(['status', 'assistant', 'thread', 'target', 'often']);

/** Some facets are only worth a chip when they can tell crons apart, or are in use. */
function isOffered(name: CronFacetName, list: CronList | null, chosen: readonly string[]): boolean {
  return (
    alwaysThere.has(name) ||
    chosen.length > 0 ||
    (list?.facets[name].length ?? 0) > (name === 'finding' ? 0 : 1)
  );
}

/** Everything that decides which crons the table shows and how they are arranged. */
export function FindBar({ deploymentId, list, isBusy, url, look, setLook, searchRef }: FindBarProps) {
  const { state, setState } = url;
  const filter = filterOf(state);
  const matching = list?.matching ?? 0;
  return (
    <div className="mt-4 mb-2.5 flex flex-wrap items-center gap-2">
      <SearchBox
        ref={searchRef}
        value={state.q}
        isBusy={isBusy}
        onChange={(q) => void setState({ q: q || null })}
      />
      {cronFacetNames
        .filter((name) => isOffered(name, list, state[name]))
        .map((name) => (
          <FacetChip
            key={name}
            label={facetLabels[name]}
            values={list?.facets[name] ?? []}
            chosen={state[name]}
            onChange={(chosen) => void setState({ [name]: chosen.length === 0 ? null : chosen })}
          />
        ))}
      {hasFilter(filter) && (
        <Button tone="quiet" size="small" onClick={() => void setState(clearedFilter)}>
          Clear all
        </Button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-x-3 max-md:w-full">
        <output className="num text-sm text-ink-2 max-md:flex-1" aria-live="polite">
          {list &&
            (hasFilter(filter)
              ? `${formatCount(matching)} of ${plural(list.total, 'cron')}`
              : plural(list.total, 'cron'))}
        </output>
        <div className="flex items-center">
          <Menu
            align="end"
            trigger={
              <Button tone="quiet" size="small" icon={<Group aria-hidden className="size-3.5" />}>
                {state.group === 'none' ? 'Group' : `By ${state.group}`}
              </Button>
            }
          >
            <MenuChoice
              label="Group"
              value={state.group}
              options={groupings}
              onChange={(group) => void setState({ group })}
            />
          </Menu>
          <span className="max-md:hidden">
            <ColumnsMenu look={look} setLook={setLook} />
          </span>
          <LinkButton
            href={calendarPath(deploymentId, filter)}
            prefetch={false}
            tone="quiet"
            size="small"
            aria-label="Show these in the calendar"
            icon={<CalendarDays aria-hidden className="size-3.5" />}
          >
            <span className="max-md:sr-only">Calendar</span>
          </LinkButton>
          <ViewsMenu
            deploymentId={deploymentId}
            path={sectionPath(deploymentId, 'crons')}
            currentSearch={() => window.location.search.slice(1)}
          />
          <Menu
            align="end"
            trigger={
              <Button tone="quiet" size="small" icon={<Download aria-hidden className="size-3.5" />}>
                Export
              </Button>
            }
          >
            {(['csv', 'json'] as const).map((format) => (
              <MenuItem
                key={format}
                download={cronExportUrl(
                  deploymentId,
                  { ...filter, sort: state.sort, order: state.order },
                  format,
                )}
                hint={format === 'csv' ? 'For a spreadsheet' : 'Complete, as the deployment has them'}
              >
                {plural(matching, 'cron')} as {format.toUpperCase()}
              </MenuItem>
            ))}
          </Menu>
        </div>
      </div>
    </div>
  );
}
