'use client';
import { Square } from 'lucide-react';
import { useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { formatGap } from '@/components/ui/format-instant';
import { formatCount } from '@/components/ui/format-number';
import { Mark } from '@/components/ui/mark';
import { Note } from '@/components/ui/note';
import { Spinner } from '@/components/ui/spinner';
import { useNow } from '@/components/ui/use-now';
import { writeJson } from '@/lib/crons/draft-json';
import { useDraftForm } from './builder-context';
import { ScrollBox } from '@/components/ui/scroll-box';
import { trialAnswer, trialTokens, type Trial } from '@/lib/crons/trial';

type Props = { trial: Trial | null; onStart: (onThread: boolean) => void; onStop: () => void };

/** One run of exactly this payload, now: what the agent writes, as it writes it. */
export function TrialPanel({ trial, onStart, onStop }: Props) {
  const { control } = useDraftForm();
  const target = useWatch({ control, name: 'target' });
  const running = trial?.state === 'running';
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-card shadow-float">
      <div className="flex flex-col gap-3 p-5">
        <p className="text-ink-2">
          Runs once, now, with exactly what the form holds, on a thread that is deleted afterwards. The
          webhook is not called. It costs what a run costs.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button tone="primary" busy={running} onClick={() => onStart(false)}>
            {trial ? 'Run again' : 'Run it once'}
          </Button>
          {target.kind === 'thread' && (
            <Button busy={running} onClick={() => onStart(true)}>
              Run it on the thread itself
            </Button>
          )}
          {running && (
            <Button icon={<Square className="size-3.5" />} onClick={onStop}>
              Stop
            </Button>
          )}
        </div>
        {target.kind === 'thread' && (
          <p className="text-xs text-ink-2">On the thread itself, the run stays there for good.</p>
        )}
      </div>
      {trial && <Outcome trial={trial} />}
    </div>
  );
}

function Outcome({ trial }: { trial: Trial }) {
  const answer = trialAnswer(trial);
  const tokens = trialTokens(trial);
  return (
    <div className="border-t border-line">
      <div className="flex items-center gap-2 px-5 py-3 text-sm" aria-live="polite">
        <State trial={trial} />
        {tokens && (
          <span className="num ml-auto text-ink-2">
            {formatCount(tokens.input)} tokens in, {formatCount(tokens.output)} out
          </span>
        )}
      </div>
      {trial.problem && (
        <div className="px-5 pb-4" role="alert">
          <Note tone="bad" title={trial.problem.message}>
            {trial.problem.hint}
          </Note>
        </div>
      )}
      {answer !== '' && (
        <ScrollBox label="Answer" follow={answer} className="max-h-[38vh] px-5 pb-4">
          {answer}
        </ScrollBox>
      )}
      {trial.values !== null && (
        <details className="border-t border-line px-5 py-3">
          <summary className="text-sm text-ink-2">State of the thread, as JSON</summary>
          <ScrollBox label="State of the thread" mono className="mt-2 max-h-[38vh] text-ink-2">
            {writeJson(trial.values)}
          </ScrollBox>
        </details>
      )}
    </div>
  );
}

function State({ trial }: { trial: Trial }) {
  const nowMs = useNow(1000) ?? trial.startedMs;
  const took = formatGap(Math.max(0, (trial.endedMs ?? nowMs) - trial.startedMs));
  switch (trial.state) {
    case 'running':
      return (
        <>
          <Spinner /> Running for {took}
        </>
      );
    case 'done':
      return (
        <>
          <Mark shape="dot" /> Done in {took}
        </>
      );
    case 'failed':
      return (
        <>
          <Mark shape="triangle" /> Failed after {took}
        </>
      );
    case 'stopped':
      return (
        <>
          <Mark shape="ring" /> Stopped after {took}
        </>
      );
  }
}
