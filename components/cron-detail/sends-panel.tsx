'use client';
import { useState } from 'react';
import type { Cron } from '@/lib/crons/cron';
import { ScrollBox } from '../ui/scroll-box';
import { CopyButton } from '../ui/copy-button';
import { Panel } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { CodeBox } from './code-box';
import { payloadLines } from './payload-lines';
import { later } from '../ui/later';

const AsCode = later(
  () => import('./as-code').then((module) => module.AsCode),
  <Skeleton className="h-40" />,
);

const faces = [
  { value: 'words', label: 'Readable' },
  { value: 'json', label: 'JSON' },
  { value: 'code', label: 'As code' },
] as const;

/** What each run gets: to read, as the server stores it, and as a program that makes the same cron. */
export function SendsPanel({ cron }: { cron: Cron }) {
  const [face, setFace] = useState<(typeof faces)[number]['value']>('words');
  return (
    <Panel
      title="Sends each time"
      aside={<Segmented label="Show as" value={face} onChange={setFace} options={faces} />}
    >
      <Face face={face} cron={cron} />
    </Panel>
  );
}

function Face({ face, cron }: { face: (typeof faces)[number]['value']; cron: Cron }) {
  switch (face) {
    case 'words':
      return <Readable cron={cron} />;
    case 'json':
      return <CodeBox label="The stored request as JSON" text={JSON.stringify(cron.payload, null, 2)} />;
    case 'code':
      return <AsCode cron={cron} />;
  }
}

function Readable({ cron }: { cron: Cron }) {
  return (
    <dl className="grid gap-3.5">
      {payloadLines(cron).map(({ label, text, mono }) => (
        <div key={label}>
          <dt className="mb-1 flex items-center gap-1 text-xs text-ink-2">
            {label}
            <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
          </dt>
          <dd>
            <ScrollBox label={label} mono={mono} className={mono ? 'max-h-80' : 'max-h-80 max-w-[75ch]'}>
              {text}
            </ScrollBox>
          </dd>
        </div>
      ))}
    </dl>
  );
}
