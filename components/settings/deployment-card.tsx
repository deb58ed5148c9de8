'use client';
import { Check, Minus } from 'lucide-react';
import type { DeploymentInfo } from '@/lib/crons/deployment';
import { sectionPath } from '../shell/sections';
import { CopyButton } from '../ui/copy-button';
import { LinkButton } from '../ui/link-button';
import { Mark } from '../ui/mark';
import { Note } from '../ui/note';
import { capabilityLines, serverName } from './capability-words';

/** One deployment: what it is, whether it answers, and what it supports. */
export function DeploymentCard({ info, isCurrent }: { info: DeploymentInfo; isCurrent: boolean }) {
  const isReady = info.state.kind === 'ready';
  return (
    <li className="border-t border-line px-4 py-4 first:border-0">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Mark shape={isReady ? 'dot' : 'triangle'} label={isReady ? 'Answers' : 'Has a problem'} />
        <h3 className="clip font-semibold">{info.name}</h3>
        {isCurrent && <span className="text-sm text-ink-2">this one</span>}
        <span className="flex min-w-0 items-center gap-1">
          <span className="mono clip text-ink-2">{info.url}</span>
          <CopyButton text={info.url} label={`Copy the address of ${info.name}`} />
        </span>
        {!isCurrent && (
          <span className="ml-auto">
            <LinkButton size="small" href={sectionPath(info.id, 'crons')}>
              Show its crons
            </LinkButton>
          </span>
        )}
      </div>
      {info.server && (
        <p className="mt-1 text-ink-2">
          {serverName(info.server.kind)}
          {info.server.version && ` ${info.server.version}`}
        </p>
      )}
      <Support info={info} />
    </li>
  );
}

function Support({ info: { state, reading } }: { info: DeploymentInfo }) {
  if (state.kind === 'problem') {
    return (
      <Note tone="bad" title={state.problem.message} className="mt-3">
        {state.problem.hint}
      </Note>
    );
  }
  const readings = {
    'seconds-last': 'Schedules of six fields have their seconds last.',
    'seconds-first': 'Schedules of six fields have their seconds first.',
    unknown: 'How it reads schedules of six fields is not known yet: only its own dates are shown for them.',
  };
  return (
    <ul className="mt-3 grid grid-cols-2 gap-x-6 gap-y-1.5 text-sm max-md:grid-cols-1">
      {capabilityLines(state.capabilities).map(({ can, text }) => (
        <li key={text} className="flex gap-2">
          {can ? (
            <Check aria-label="Yes:" className="mt-0.5 size-3.5 shrink-0 text-ok" />
          ) : (
            <Minus aria-label="No:" className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
          )}
          <span className={can ? undefined : 'text-ink-2'}>{text}</span>
        </li>
      ))}
      <li className="flex gap-2">
        <Check aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ok" />
        {readings[reading]}
      </li>
    </ul>
  );
}
