'use client';
import { useId, type ReactNode } from 'react';
import { Skeleton } from '@/components/ui/skeleton';
import type { JsonSchema } from './json-schema';
import { later } from '../ui/later';

// CodeMirror is only fetched once somebody looks at JSON.
const JsonEditor = later(
  () => import('./json-editor').then((module) => module.JsonEditor),
  <>
    <span className="sr-only">The editor is loading.</span>
    <Skeleton className="h-28 rounded-md" />
  </>,
);

type Props = {
  label: ReactNode;
  value: string;
  onChange: (text: string) => void;
  onBlur?: () => void;
  error?: string | undefined;
  hint?: ReactNode;
  /** Marks what does not fit and offers names and values. */
  schema?: JsonSchema | null;
};

/** A labelled box for JSON text; what is typed is never changed, even where it is not JSON yet. */
export function JsonField({ label, value, onChange, onBlur, error, hint, schema = null }: Props) {
  const id = useId();
  return (
    <div className="min-w-0">
      <div id={`${id}-label`} className="mb-[5px] text-sm text-ink-2">
        {label}
      </div>
      <JsonEditor
        value={value}
        onChange={onChange}
        onBlur={onBlur}
        schema={schema}
        invalid={error !== undefined}
        labelledBy={`${id}-label`}
        describedBy={`${id}-hint ${id}-error`}
      />
      <div id={`${id}-error`} aria-live="polite">
        {error !== undefined && <p className="mt-1.5 text-sm text-bad">{error}</p>}
      </div>
      <div id={`${id}-hint`} className={hint ? 'mt-1.5 text-xs text-ink-2' : 'hidden'}>
        {hint}
      </div>
    </div>
  );
}
