'use client';
import Link from 'next/link';
import { sectionPath } from '@/components/shell/sections';
import { useBuilder } from './builder-context';
import { useDraftCost } from './use-draft-cost';

/** Where the price of a run comes from; where it is not known, what is missing and where to set it. */
export function CostLine() {
  const { deployment } = useBuilder();
  const { perRun, atLeast, source } = useDraftCost();
  if (source === null) return 'Choose an assistant to see what a run of it costs.';
  if (perRun)
    return (
      <>
        {atLeast ? 'At least ' : 'About '}
        {perRun.text} a run. {source}
      </>
    );
  return (
    <>
      <strong className="font-semibold text-ink">Price not known yet.</strong> {source}{' '}
      <Link href={sectionPath(deployment.id, 'settings')} className="text-accent underline">
        Set what a run costs
      </Link>
    </>
  );
}
