'use client';
import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import type { RulerMark } from './ruler-marks';
import type { RulerAxis } from './ruler-axis';
import type { rulerContent, RulerSubject } from './ruler-runs';

// Reading schedules is a large part of what the table needs, so rows come first and their rulers a moment later.
const read: { content: typeof rulerContent | null } = { content: null };

/** What tells the runs of a schedule; null until it is loaded. */
function useRulerContent(): typeof rulerContent | null {
  const [content, setContent] = useState(() => read.content);
  useEffect(() => {
    if (content !== null) return;
    let isGone = false;
    import('./ruler-runs').then(
      (loaded) => {
        read.content = loaded.rulerContent;
        if (!isGone) setContent(() => loaded.rulerContent);
      },
      // Without it the line stays empty; next run and words say the same.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [content]);
  return content;
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** Where there are words instead of runs, lines begin after them. */
const behindWords = 0.4;

type RulerProps = RulerSubject & {
  axis: RulerAxis;
  /** Paused or over: what would run, but does not. */
  off: boolean;
};

/** The next 24 hours of one cron. Decorative for those who listen: the next run and the words say the same. */
export function Ruler({ axis, off, ...subject }: RulerProps) {
  const contentOf = useRulerContent();
  const content = contentOf === null ? null : contentOf(subject, axis.fromMs, axis.toMs);
  return (
    <div
      aria-hidden
      className={clsx(
        'relative h-[26px] w-full overflow-hidden border-l-[1.5px] border-accent',
        off && 'opacity-35',
      )}
    >
      {axis.lines
        .filter(({ at }) => content === null || content.kind === 'marks' || at > behindWords)
        .map(({ at }) => (
          <span key={at} className="absolute inset-y-0 w-px bg-line" style={{ left: percent(at) }} />
        ))}
      {content === null ? null : content.kind === 'marks' ? (
        content.marks.map((mark) => (
          <Mark key={`${mark.kind}${mark.kind === 'tick' ? mark.at : mark.from}`} mark={mark} />
        ))
      ) : (
        <span className="absolute inset-0 flex items-center bg-inherit pl-2.5 text-xs text-ink-3">
          {content.kind === 'nothing' ? 'not in the next 24 h' : 'only the server knows'}
        </span>
      )}
    </div>
  );
}

function Mark({ mark }: { mark: RulerMark }) {
  switch (mark.kind) {
    case 'tick':
      return (
        <i
          className="absolute bottom-1 h-[15px] w-[2px] rounded-[1px] bg-tick"
          style={{ left: percent(mark.at) }}
        />
      );
    case 'band':
      return (
        <i
          className="ruler-band absolute bottom-1 h-[9px]"
          style={{ left: percent(mark.from), width: percent(mark.to - mark.from) }}
        />
      );
    case 'solid':
      return (
        <i
          className="absolute bottom-1 h-[5px] rounded-[2px] bg-tick opacity-80"
          style={{ left: percent(mark.from), width: percent(mark.to - mark.from) }}
        />
      );
  }
}

/** The hours above the rulers. */
export function RulerHours({ axis }: { axis: RulerAxis }) {
  return (
    <span className="relative block h-4 w-full font-mono text-2xs">
      <span className="absolute font-semibold text-accent">now</span>
      {axis.lines
        .filter(({ at }) => at > 0.12 && at < 0.97)
        .map(({ at, label }) => (
          <span key={at} className="absolute -translate-x-1/2" style={{ left: percent(at) }}>
            {label}
          </span>
        ))}
    </span>
  );
}
