import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { softTone, type Tone } from './tone';

/** A count or one word beside something. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'num rounded-full px-[7px] py-px text-2xs font-semibold whitespace-nowrap',
        softTone[tone],
      )}
    >
      {children}
    </span>
  );
}
