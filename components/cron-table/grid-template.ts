import type { CronColumn } from './columns';

export const gridGapPx = 12;
const edgesPx = 36 + 36 + 2 * gridGapPx;

/** Tracks of a row, select box and actions included, and the width below which the table scrolls sideways. */
export function gridTemplate(columns: readonly CronColumn[]): {
  readonly tracks: string;
  readonly leastPx: number;
} {
  const tracks = columns.map(({ width: [least, share] }) =>
    share === 0 ? `${least}px` : `minmax(${least}px,${share}fr)`,
  );
  const leastPx = columns.reduce((sum, { width }) => sum + width[0] + gridGapPx, edgesPx + gridGapPx);
  return { tracks: `36px ${tracks.join(' ')} 36px`, leastPx };
}
