import { clsx } from 'clsx';
import type { PreviewDay } from '@/lib/crons/draft-preview';

const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });
const share = (hour: number) => `${(hour / 24) * 100}%`;

type Props = {
  week: readonly PreviewDay[];
  /** The hour of the first day that is now. */
  nowHour: number;
};

/** The week ahead in the cron's zone: a line a day from midnight to midnight, a mark a run. */
export function WeekRuler({ week, nowHour }: Props) {
  const runs = week.reduce((sum, day) => sum + day.marks.length, 0);
  const banded = week.some((day) => day.bands.length > 0);
  const label = banded
    ? 'The week ahead: runs too close to be drawn one by one'
    : `The week ahead: ${runs} runs`;
  return (
    <figure
      aria-label={label}
      className="grid grid-cols-[34px_minmax(0,1fr)] items-center gap-x-2 text-2xs text-ink-3"
    >
      {week.map((day, index) => (
        <Row key={day.wallMs} day={day} nowHour={index === 0 ? nowHour : null} />
      ))}
      <span />
      <span className="mono flex justify-between pt-0.5">
        {['00', '06', '12', '18', '24'].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </span>
    </figure>
  );
}

function Row({ day, nowHour }: { day: PreviewDay; nowHour: number | null }) {
  return (
    <>
      <span className={clsx('mono leading-[15px]', nowHour !== null && 'font-semibold text-accent')}>
        {dayName.format(day.wallMs)}
      </span>
      <span className="relative h-[15px] border-b border-line bg-[repeating-linear-gradient(90deg,transparent_0_calc(25%-1px),var(--line)_calc(25%-1px)_25%)]">
        {nowHour !== null && (
          <i className="absolute inset-y-0 w-[1.5px] bg-accent" style={{ left: share(nowHour) }} />
        )}
        {day.marks.map((hour) => (
          <i
            key={hour}
            className="absolute bottom-[2px] h-[10px] w-[2px] -translate-x-px rounded-[1px] bg-tick"
            style={{ left: share(hour) }}
          />
        ))}
        {day.bands.map((band) => (
          <i
            key={band.from}
            className={clsx(
              'absolute bottom-[2px] rounded-[1px]',
              band.solid
                ? 'h-[5px] bg-tick opacity-80'
                : 'h-[9px] bg-[repeating-linear-gradient(90deg,var(--tick)_0_1.5px,transparent_1.5px_4px)] opacity-75',
            )}
            style={{ left: share(band.from), width: share(band.to - band.from) }}
          />
        ))}
      </span>
    </>
  );
}
