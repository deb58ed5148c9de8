import { formatClock, formatRelative, zoneCity } from '@/components/ui/format-instant';

const days = new Map<string, Intl.DateTimeFormat>();

function dayIn(zone: string, atMs: number): string {
  const known =
    days.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone });
  days.set(zone, known);
  return known.format(atMs).replace(',', '');
}

type Props = { runs: readonly number[]; zone: string; viewerZone: string; nowMs: number };

/** The next runs in the cron's zone and, where that is another, in the viewer's; where it is not, how far off they are. */
export function RunList({ runs, zone, viewerZone, nowMs }: Props) {
  const elsewhere = viewerZone !== zone;
  return (
    <ol aria-label="Next runs" className="num grid gap-y-1">
      {runs.map((run, index) => (
        <li
          key={`${run}-${index}`}
          className="grid grid-cols-[minmax(0,1fr)_auto_9.5em] items-baseline gap-x-4"
        >
          <span>{dayIn(zone, run)}</span>
          <b className="font-[550]">{formatClock(run, zone)}</b>
          <span className="clip text-right text-ink-3">
            {elsewhere ? (
              <Elsewhere run={run} zone={zone} viewerZone={viewerZone} />
            ) : (
              formatRelative(run, nowMs)
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Elsewhere({ run, zone, viewerZone }: { run: number; zone: string; viewerZone: string }) {
  const sameDay = dayIn(zone, run) === dayIn(viewerZone, run);
  return (
    <>
      {!sameDay && `${dayIn(viewerZone, run).split(' ')[0]} `}
      {formatClock(run, viewerZone)} {zoneCity(viewerZone)}
    </>
  );
}
