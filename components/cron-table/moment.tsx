'use client';
import { formatExact, formatMoment, formatRelative } from '../ui/format-instant';
import { useNow } from '../ui/use-now';

const soonMs = 120_000;

/** How long until or since an instant; counts seconds only while it is near. */
export function Relative({ atMs }: { atMs: number }) {
  const slowMs = useNow(15_000);
  const near = slowMs !== null && Math.abs(atMs - slowMs) < soonMs;
  const nowMs = useNow(near ? 1_000 : 15_000);
  return nowMs === null ? null : <>{formatRelative(atMs, nowMs)}</>;
}

/** An instant as people say it, and in full in both zones when the pointer rests on it. */
export function Moment({ atMs, zone, ownZone }: { atMs: number; zone: string; ownZone?: string }) {
  const nowMs = useNow(60_000);
  if (nowMs === null) return null;
  const exact = [
    formatExact(atMs, zone),
    ...(ownZone && ownZone !== zone ? [formatExact(atMs, ownZone)] : []),
  ];
  return (
    <time dateTime={new Date(atMs).toISOString()} title={exact.join('\n')}>
      {formatMoment(atMs, nowMs, zone)}
    </time>
  );
}
