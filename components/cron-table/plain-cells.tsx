'use client';
import { clsx } from 'clsx';
import { formatDate } from '../ui/format-instant';
import { Relative } from './moment';
import { useTableContext } from './table-context';
import { TwoLines } from './two-lines';

export function DateCell({ atMs, none }: { atMs: number | null; none: string }) {
  const { zone } = useTableContext();
  if (atMs === null) return <span className="text-ink-3">{none}</span>;
  return (
    <TwoLines>
      <span className="clip text-ink-2">{formatDate(atMs, zone)}</span>
      <span className="clip text-xs text-ink-3">
        <Relative atMs={atMs} />
      </span>
    </TwoLines>
  );
}

export function TextCell({ text, none }: { text: string | null; none: string }) {
  return (
    <span className={clsx('clip block', text === null ? 'text-ink-3' : 'text-ink-2')}>{text ?? none}</span>
  );
}
