'use client';
import { clsx } from 'clsx';
import type { LedgerRun } from '@/lib/crons/run';
import { useDisplayZone } from '../shell/preferences-context';
import { formatExact } from '../ui/format-instant';
import { runLooks } from './run-looks';
import { runText } from './run-words';

/** The last runs by outcome, the oldest left; each cell says in words what its colour says. */
export function RunsStrip({ runs }: { runs: readonly LedgerRun[] }) {
  const zone = useDisplayZone();
  return (
    <ol
      aria-label={`The last ${runs.length} runs, the oldest first`}
      className="flex h-[30px] gap-[3px] max-md:gap-0.5"
    >
      {runs.toReversed().map((run) => {
        const atMs = run.scheduledMs ?? run.startedMs;
        const text = runText(run);
        const said = `${runLooks[run.status].word}${atMs === null ? '' : `, ${formatExact(atMs, zone)}`}`;
        return (
          <li
            key={run.rowId}
            title={text === '' ? said : `${said}\n${text}`}
            className={clsx('min-w-0 max-w-5 flex-1 rounded-[3px]', runLooks[run.status].cell)}
          >
            <span className="sr-only">{said}</span>
          </li>
        );
      })}
    </ol>
  );
}
