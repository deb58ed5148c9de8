'use client';
import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { CopyButton } from '@/components/ui/copy-button';
import { Segmented } from '@/components/ui/segmented';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { draftAsCode, type CodeLanguage } from '@/lib/crons/draft-as-code';
import { draftToWire } from '@/lib/crons/draft-to-wire';
import { useBuilder, useDraftForm } from './builder-context';
import { ScrollBox } from '@/components/ui/scroll-box';

const languages: readonly { value: CodeLanguage; label: string }[] = [
  { value: 'python', label: 'Python' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'curl', label: 'curl' },
];

/** The same cron as a program: what the form says, in three languages. */
export function CodePanel() {
  const { control } = useDraftForm();
  const { capabilities, deployment } = useBuilder();
  const [language, setLanguage] = useState<CodeLanguage>('python');
  const draft = useWatch({ control }) as CronDraft;
  // Only Crondeck itself can sign the address runs report to.
  const shown = { ...draft, report: false };
  const creates = draftToWire(shown, {
    capabilities,
    ...(draft.schedules.length > 1 && { groupId: 'one-id-for-all-of-them' }),
  });
  const code = draftAsCode(creates, language, {
    url: deployment.url,
    makesThread: draft.target.kind === 'reused-thread',
  });
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-card shadow-float">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-3">
        <Segmented label="Language" value={language} onChange={setLanguage} options={languages} />
        <span className="ml-auto">
          <CopyButton text={code} label="Copy the code" withText />
        </span>
      </div>
      <ScrollBox label="Code" mono className="max-h-[70vh] p-4">
        {code}
      </ScrollBox>
    </div>
  );
}
