'use client';
import type { ReactNode } from 'react';
import type { Cron } from '@/lib/crons/cron';
import type { CronRow } from '@/lib/crons/cron-list';
import { readKeepDays } from '@/lib/crons/keep-days';
import { isReservedMetadataKey } from '@/lib/crons/reserved-metadata';
import { useDisplayZone } from '../shell/preferences-context';
import { CopyButton } from '../ui/copy-button';
import { formatExact } from '../ui/format-instant';
import { Panel } from '../ui/panel';
import { whenBusy } from './payload-lines';

const shownElsewhere = new Set(['name', 'description', 'tags', 'owner']);

/** Everything else that is known about it, with ids to copy. */
export function DetailsPanel({ row, cron }: { row: CronRow; cron: Cron }) {
  const zone = useDisplayZone();
  const at = (ms: number | null) => (ms === null ? 'not known' : formatExact(ms, zone));
  const { description, tags } = cron.metadata;
  const busy = whenBusy(cron);
  const others = Object.entries(cron.metadata).filter(
    ([key]) => !isReservedMetadataKey(key) && !shownElsewhere.has(key),
  );
  return (
    <Panel title="Details">
      <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-y-[7px]">
        {typeof description === 'string' && description !== '' && (
          <Fact label="Description">{description}</Fact>
        )}
        {Array.isArray(tags) && tags.length > 0 && <Fact label="Tags">{tags.map(String).join(', ')}</Fact>}
        <Fact label="Owner">{row.owner ?? <span className="text-ink-3">nobody</span>}</Fact>
        <Fact label="Created">{at(row.createdMs)}</Fact>
        <Fact label="Changed">{at(row.updatedMs)}</Fact>
        <Fact label="Ends">{endText(cron, zone)}</Fact>
        <Fact label="Thread">{threadText(row, cron)}</Fact>
        {busy && <Fact label="When busy">{busy}</Fact>}
        {row.group && <Fact label="Made as">{row.group.part} of one sentence</Fact>}
        {others.map(([key, value]) => (
          <Fact key={key} label={key}>
            <span className="mono">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
          </Fact>
        ))}
        <Id label="Cron id" id={row.cronId} />
        <Id label="Assistant id" id={row.assistant.id} />
        {row.target.kind === 'thread' && <Id label="Thread id" id={row.target.threadId} />}
      </dl>
    </Panel>
  );
}

function endText(cron: Cron, zone: string): string {
  switch (cron.end.kind) {
    case 'never':
      return 'never';
    case 'at':
      return formatExact(cron.end.atMs, zone);
    case 'unreadable':
      return `not a date: “${cron.end.text.slice(0, 80)}”`;
  }
}

function threadText({ target }: CronRow, { metadata }: Cron): string {
  if (target.kind === 'thread') return target.gone ? 'gone' : target.name;
  if (target.afterRun === 'delete') return 'a new one each run, deleted afterwards';
  const days = readKeepDays(metadata);
  return days === null
    ? 'a new one each run, kept'
    : `a new one each run, deleted ${days} days after it was measured`;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="clip text-ink-2" title={label}>
        {label}
      </dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}

function Id({ label, id }: { label: string; id: string }) {
  return (
    <Fact label={label}>
      <span className="flex items-start gap-1">
        <span className="mono min-w-0 flex-1 pt-0.5 wrap-anywhere">{id}</span>
        <CopyButton text={id} label={`Copy the ${label.toLowerCase()}`} />
      </span>
    </Fact>
  );
}
