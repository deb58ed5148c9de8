'use client';
import { useState } from 'react';
import type { Cron } from '@/lib/crons/cron';
import { cronToDraft } from '@/lib/crons/cron-to-draft';
import { draftAsCode, type CodeLanguage } from '@/lib/crons/draft-as-code';
import { draftToWire } from '@/lib/crons/draft-to-wire';
import { useDeployment } from '../shell/deployment-context';
import { Segmented } from '../ui/segmented';
import { CodeBox } from './code-box';

const languages: readonly { value: CodeLanguage; label: string }[] = [
  { value: 'python', label: 'Python' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'curl', label: 'curl' },
];

/** A program that makes this cron once more. */
export function AsCode({ cron }: { cron: Cron }) {
  const { info, capabilities } = useDeployment();
  const [language, setLanguage] = useState<CodeLanguage>('python');
  // Only Crondeck itself can sign the address runs report to.
  const draft = { ...cronToDraft(cron), report: false };
  const creates = draftToWire(draft, {
    capabilities: { timezone: capabilities?.timezone ?? true },
  });
  const code = draftAsCode(creates, language, {
    url: info?.url ?? 'http://127.0.0.1:2024',
    makesThread: false,
  });
  return (
    <>
      <div className="mb-2">
        <Segmented label="Language" value={language} onChange={setLanguage} options={languages} />
      </div>
      <CodeBox label="Code" text={code} />
    </>
  );
}
