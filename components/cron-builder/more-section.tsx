'use client';
import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { useWatch } from 'react-hook-form';
import { Badge } from '@/components/ui/badge';
import { cronDraftFields, emptyDraft, type CronDraft, type CronDraftField } from '@/lib/crons/cron-draft';
import { changedFields } from '@/lib/crons/draft-diff';
import { useDraftForm } from './builder-context';
import { BuilderSection } from './builder-section';
import { MoreRun } from './more-run';
import { MoreSettings } from './more-settings';
import { MoreStream } from './more-stream';

/** Fields that are folded away, in the order in which they stand. */
export const moreFields = [
  'configurable',
  'context',
  'metadata',
  'runTags',
  'recursionLimit',
  'webhook',
  'report',
  'interruptBefore',
  'interruptAfter',
  'multitask',
  'durability',
  'streamModes',
  'streamSubgraphs',
  'streamResumable',
] as const satisfies readonly CronDraftField[];

const nothingSet = emptyDraft('UTC');

/** How many of the folded fields say something. */
export function countSet(draft: CronDraft): number {
  const set = changedFields(nothingSet, draft);
  const passed = [draft.extra, draft.configExtra].filter((part) => Object.keys(part).length > 0).length;
  return moreFields.filter((field) => set.has(field)).length + passed;
}

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Everything most crons never need. */
export function MoreSection({ open, onOpenChange }: Props) {
  return (
    <BuilderSection title="More">
      <Collapsible.Root open={open} onOpenChange={onOpenChange}>
        <Collapsible.Trigger className="group flex w-full items-center gap-2 text-left text-ink-2 hover:text-ink">
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 transition-transform group-data-panel-open:rotate-90"
          />
          <span>Configuration, context, webhook, stop points, busy thread, durability</span>
          <SetBadge />
        </Collapsible.Trigger>
        <Collapsible.Panel className="mt-4 flex flex-col gap-3.5">
          <MoreSettings />
          <MoreRun />
          <MoreStream />
        </Collapsible.Panel>
      </Collapsible.Root>
    </BuilderSection>
  );
}

function SetBadge() {
  const { control } = useDraftForm();
  const values = useWatch({ control });
  const count = cronDraftFields.every((field) => field in values) ? countSet(values as CronDraft) : 0;
  return count > 0 && <Badge>{count} set</Badge>;
}
