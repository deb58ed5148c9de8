import type { ReactNode } from 'react';
import type { CalendarMeasure } from '@/lib/crons/cron-calendar';
import { uncertainClass } from './heat-cell';

type HeatLegendProps = {
  measure: CalendarMeasure;
  hasPast: boolean;
  hasUnwatched: boolean;
  /** A filter is laid over all crons. */
  isOverlay: boolean;
};

const swatch = 'inline-block h-2.5 w-4 shrink-0 rounded-[2px]';

/** What the colours and marks of the picture mean; only what is in it. */
export function HeatLegend({ measure, hasPast, hasUnwatched, isOverlay }: HeatLegendProps) {
  return (
    <ul aria-label="What the marks mean" className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      <Item mark={<span className={`${swatch} bg-accent`} />}>
        {measure === 'cost' ? 'expected cost of what is planned' : 'planned'}
      </Item>
      {measure === 'cost' && <Item mark={<span className="font-mono">?</span>}>cost unknown</Item>}
      {measure === 'cost' && <Item mark={<span className="font-mono">+</span>}>some of it unknown</Item>}
      {hasPast && (
        <>
          <Item mark={<span className={`${swatch} bg-ok`} />}>ok</Item>
          <Item mark={<span className={`${swatch} bg-bad`} />}>failed, with a corner</Item>
          <Item mark={<span className={`${swatch} bg-warn-fill`} />}>not at their end</Item>
          <Item mark={<span className={`${swatch} ${uncertainClass}`} />}>ran or skipped, not certain</Item>
        </>
      )}
      {hasUnwatched && (
        <Item mark={<span className={`${swatch} border border-dashed border-edge`} />}>not watched yet</Item>
      )}
      {isOverlay && (
        <Item mark={<span className="inline-block h-[3px] w-4 shrink-0 rounded-full bg-ink-3" />}>
          line on top: all crons
        </Item>
      )}
    </ul>
  );
}

function Item({ mark, children }: { mark: ReactNode; children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <span aria-hidden className="inline-flex items-center">
        {mark}
      </span>
      {children}
    </li>
  );
}
