import type { CronRowFinding } from '@/lib/crons/cron-list';
import { findingKinds } from '@/lib/health/finding-kinds';
import { isFindingCode } from '../findings/finding-words';
import { Note } from '../ui/note';

const tones = { critical: 'bad', warning: 'warn', notice: 'info' } as const;

/** What is wrong with the cron, and why somebody should care. */
export function FindingNote({ finding }: { finding: CronRowFinding }) {
  const kind = isFindingCode(finding.code) ? findingKinds[finding.code] : null;
  return (
    <Note
      tone={tones[finding.severity]}
      className="mb-4"
      title={kind === null ? undefined : `${kind.heading}.`}
    >
      {finding.title} {kind?.whyItMatters}
      {finding.source !== null && <span className="text-ink-2"> Known from: {finding.source}.</span>}
    </Note>
  );
}
