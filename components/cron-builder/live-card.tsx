'use client';
import type { ReactNode } from 'react';
import { formatRate, plural } from '@/components/ui/format-number';
import { zoneCity } from '@/components/ui/format-instant';
import type { DraftPreview } from '@/lib/crons/draft-preview';
import { zoneOffsetMinutes } from '@/lib/schedule/zone';
import { RunList } from './run-list';
import { WeekRuler } from './week-ruler';

type Props = {
  preview: DraftPreview;
  zone: string;
  viewerZone: string;
  nowMs: number;
  /** Notes and warnings, below the runs. */
  notes?: ReactNode;
  /** Null where it is not known. */
  costAMonth: string | null;
  /** The line about money. */
  cost: ReactNode;
};

/** Answers while one types: in words, the week, the next runs, what to know, how often, what it costs. */
export function LiveCard({ preview, zone, viewerZone, nowMs, notes, costAMonth, cost }: Props) {
  const shown = preview.state === 'runs' || preview.state === 'ended';
  return (
    <aside
      aria-label="What it will do"
      className="overflow-hidden rounded-xl border border-line bg-card shadow-float"
    >
      <div className="p-5 pb-[18px]">
        <p aria-live="polite" className="text-2xl font-[550] tracking-[-.02em] text-balance">
          {headline(preview, zone)}
        </p>
        <p className="mono mt-1.5 text-ink-2 wrap-anywhere">{expressions(preview)}</p>
      </div>
      {shown && (
        <Part>
          <WeekRuler week={preview.week} nowHour={hourOfDay(zone, nowMs)} />
        </Part>
      )}
      <Part>
        {preview.state === 'runs' ? (
          <RunList runs={preview.runs} zone={zone} viewerZone={viewerZone} nowMs={nowMs} />
        ) : (
          <p className="text-ink-2">{silence(preview)}</p>
        )}
        {preview.untilEnd !== null && preview.state === 'runs' && (
          <p className="num mt-2 text-sm text-ink-2">{plural(preview.untilEnd, 'run')} until it ends.</p>
        )}
        {notes}
      </Part>
      <Part>
        <dl className="num grid grid-cols-3 gap-3">
          <Fact label="Runs a day" value={shown ? formatRate(preview.aDay) : '–'} />
          <Fact label="A month" value={shown ? formatRate(preview.aMonth) : '–'} />
          <Fact label="Cost a month" value={costAMonth ?? '–'} />
        </dl>
      </Part>
      <Part>
        <div className="text-xs text-ink-2">{cost}</div>
      </Part>
    </aside>
  );
}

function Part({ children }: { children: ReactNode }) {
  return <div className="border-t border-line px-5 py-4">{children}</div>;
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-2">{label}</dt>
      <dd className="text-xl font-[550] tracking-[-.02em]">{value}</dd>
    </div>
  );
}

function hourOfDay(zone: string, nowMs: number): number {
  return ((((nowMs / 60_000 + zoneOffsetMinutes(zone, nowMs)) % 1440) + 1440) % 1440) / 60;
}

function headline({ state, words }: DraftPreview, zone: string): string {
  switch (state) {
    case 'nothing':
      return 'Say when it should run';
    case 'broken':
      return 'Not a schedule yet';
    case 'zone-unknown':
      return words;
    case 'random':
    case 'never':
    case 'ended':
    case 'runs':
      return `${words}, ${zone === 'UTC' ? 'UTC' : `${zoneCity(zone)} time`}`;
  }
}

function expressions({ parts }: DraftPreview): string {
  const texts = parts.map((part) => part.text.trim()).filter((text) => text !== '');
  return texts.length < 2
    ? (texts[0] ?? '')
    : `${texts.join(' and ')}: ${plural(texts.length, 'cron')}, made together`;
}

function silence({ state, parts }: DraftPreview): string {
  switch (state) {
    case 'nothing':
      return 'The next ten runs appear here as you type.';
    case 'broken': {
      const error = parts.find((part) => part.error !== null)?.error;
      return error ? `${error.message} ${error.hint}` : '';
    }
    case 'zone-unknown':
      return 'Choose a time zone from the list to see the runs.';
    case 'random':
      return 'The server draws the time anew for every run, so nobody can say when.';
    case 'never':
      return 'This is valid, but it has no run in the next 50 years.';
    case 'ended':
      return 'It has no run before the end you gave.';
    case 'runs':
      return '';
  }
}
