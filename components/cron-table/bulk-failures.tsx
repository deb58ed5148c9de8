'use client';
import type { ActivityChange } from '@/lib/crons/activity';
import { Button } from '../ui/button';
import { plural } from '../ui/format-number';
import { Note } from '../ui/note';

const listedAtMost = 20;

/** Each cron an action did not work for, with its reason; they stay selected to be tried again. */
export function BulkFailures({
  failures,
  onDismiss,
}: {
  failures: readonly ActivityChange[];
  onDismiss: () => void;
}) {
  if (failures.length === 0) return null;
  return (
    <Note
      tone="bad"
      announce
      className="mb-3"
      title={`It did not work for ${plural(failures.length, 'cron')}; they are still selected.`}
      actions={
        <Button size="small" onClick={onDismiss}>
          Close
        </Button>
      }
    >
      <ul className="scroll-quiet mt-1.5 max-h-48 overflow-y-auto">
        {failures.slice(0, listedAtMost).map(({ cronId, name, problem }) => (
          <li key={cronId}>
            <strong className="font-medium">{name}</strong>: {problem?.message}
          </li>
        ))}
      </ul>
      {failures.length > listedAtMost && (
        <p className="mt-1">… and {plural(failures.length - listedAtMost, 'other')}.</p>
      )}
    </Note>
  );
}
