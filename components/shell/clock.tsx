'use client';
import { formatClock, formatExact, zoneCity } from '../ui/format-instant';
import { useNow } from '../ui/use-now';
import { useDisplayZone } from './preferences-context';

/** The time in the zone everything on the page is shown in. */
export function Clock() {
  const nowMs = useNow(60_000);
  const zone = useDisplayZone();
  if (nowMs === null) return null;
  return (
    <span
      className="num text-ink-3 max-lg:hidden"
      title={`All times are shown in this zone: ${formatExact(nowMs, zone)}`}
    >
      {zoneCity(zone)}, {formatClock(nowMs, zone)}
    </span>
  );
}
