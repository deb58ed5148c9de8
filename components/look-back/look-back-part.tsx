'use client';
import Link from 'next/link';
import { useState } from 'react';
import type { LookBackItem, LookBackPart } from '@/lib/crons/look-back';
import { sectionPath } from '../shell/sections';
import { formatCount, plural } from '../ui/format-number';
import { Mark, type MarkShape } from '../ui/mark';
import { partText } from './look-back-words';

/** As many as fit beside the money; the others on request. */
const shown = 3;

type PartProps = {
  deploymentId: string;
  title: string;
  shape: MarkShape;
  part: LookBackPart;
  /** Where all of them are listed; null where no page lists them. */
  href: string | null;
  why: (item: LookBackItem) => string;
  /** Said of those whose trouble is over. */
  over?: string;
  /** Whether how often says something: of one who waits it does not. */
  isCounted?: boolean;
};

/** One kind of trouble: how much of it, and the first crons by name with what is known of the reason. */
export function LookBackPartView({
  deploymentId,
  title,
  shape,
  part,
  href,
  why,
  over = '',
  isCounted = true,
}: PartProps) {
  const [isWhole, setIsWhole] = useState(false);
  const isNone = part.crons === 0;
  const items = isWhole ? part.items : part.items.slice(0, shown);
  const more = part.items.length - items.length;
  const unnamed = part.crons - part.items.length;
  return (
    <div className="min-w-0 border-l border-line px-4 py-2.5 max-md:border-t max-md:border-l-0 max-md:px-3">
      <h3 className="flex items-baseline gap-2 text-sm">
        <span className="flex items-center gap-[7px] text-ink-2">
          <Mark shape={isNone ? 'faint' : shape} />
          {title}
        </span>
        {isNone ? (
          <span className="text-ink-3">None</span>
        ) : href === null ? (
          <span className="num font-[550]">{partText(part)}</span>
        ) : (
          <Link href={href} prefetch={false} className="num font-[550] underline-offset-3 hover:underline">
            {partText(part)}
          </Link>
        )}
      </h3>
      <ul className="mt-1 text-sm">
        {items.map((item, place) => (
          <li key={item.cronId} className="flex min-w-0 gap-1.5">
            <Link
              href={sectionPath(deploymentId, 'crons', item.cronId)}
              prefetch={false}
              className="clip max-w-[60%] shrink-0 font-medium hover:underline"
            >
              {item.name}
            </Link>
            <span title={why(item)} className="clip text-ink-2">
              {isCounted && item.times > 1 && <span className="num">{formatCount(item.times)}× </span>}
              {item.isOver && `${over} `}
              {why(item)}
            </span>
            {more > 0 && place === items.length - 1 && (
              <button
                type="button"
                onClick={() => setIsWhole(true)}
                className="ml-auto shrink-0 text-accent hover:underline"
              >
                {formatCount(more)} more
              </button>
            )}
          </li>
        ))}
      </ul>
      {isWhole && unnamed > 0 && <p className="text-sm text-ink-2">and {plural(unnamed, 'other cron')}</p>}
    </div>
  );
}
