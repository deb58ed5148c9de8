'use client';
import { clsx } from 'clsx';
import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import { useQuery } from '@tanstack/react-query';
import { attentionQuery } from '@/lib/query/cleanup-queries';
import { Badge } from '../ui/badge';
import { formatCompact } from '../ui/format-number';
import { useDeployment } from './deployment-context';
import { sectionPath, sections } from './sections';

const places = {
  top: 'flex gap-0.5 self-stretch max-md:hidden',
  bottom:
    'fixed inset-x-0 bottom-0 z-30 hidden h-[54px] justify-around border-t border-line bg-card pb-[env(safe-area-inset-bottom)] max-md:flex',
};

/** The sections of the deployment: in the header, or within the thumb's reach on a phone. */
export function SectionTabs({ place }: { place: 'top' | 'bottom' }) {
  const { deploymentId } = useDeployment();
  const current = useSelectedLayoutSegment();
  const { data: attention = 0 } = useQuery(attentionQuery(deploymentId));
  return (
    <nav aria-label="Sections" className={places[place]}>
      {sections.map(({ segment, label, icon: Icon }) => (
        <Link
          key={segment}
          href={sectionPath(deploymentId, segment)}
          aria-current={segment === current ? 'page' : undefined}
          className={clsx(
            'flex items-center text-ink-2 hover:text-ink aria-[current]:text-ink',
            place === 'top'
              ? '-mb-px border-b-2 border-transparent px-[11px] aria-[current]:border-accent aria-[current]:font-medium'
              : 'relative min-w-14 flex-col justify-center gap-0.5 px-2 text-xs aria-[current]:font-medium [&_svg]:aria-[current]:text-accent',
          )}
        >
          {place === 'bottom' && <Icon aria-hidden className="size-[18px]" />}
          {label}
          {segment === 'cleanup' && attention > 0 && (
            <span className={place === 'top' ? 'ml-1.5' : 'absolute top-1 ml-9'}>
              <Badge tone="warn">
                {formatCompact(attention)}
                <span className="sr-only"> need attention</span>
              </Badge>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
