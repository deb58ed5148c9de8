import type { cronColumns } from './columns';

type Meta = NonNullable<(typeof cronColumns)[number]['meta']>;

export const gridGapPx = 12;
const edgesPx = 36 + 36 + 2 * gridGapPx;

/** Tracks of a row, select box and actions included, and the width below which the table scrolls sideways. */
export function gridTemplate(metas: readonly (Meta | undefined)[]): {
  readonly tracks: string;
  readonly leastPx: number;
} {
  const tracks = metas.map((meta) => {
    const [least, share] = meta?.width ?? [100, 1];
    return share === 0 ? `${least}px` : `minmax(${least}px,${share}fr)`;
  });
  const leastPx = metas.reduce((sum, meta) => sum + (meta?.width[0] ?? 100) + gridGapPx, edgesPx + gridGapPx);
  return { tracks: `36px ${tracks.join(' ')} 36px`, leastPx };
}
