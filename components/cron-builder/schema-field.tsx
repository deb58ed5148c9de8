'use client';
import { useId, useState, type ReactNode } from 'react';
import { Note } from '@/components/ui/note';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { readJson, writeJson } from '@/lib/crons/draft-json';
import { JsonField } from './json-field';
import { hasFields, type JsonSchema } from './json-schema';
import { later } from '../ui/later';

// The form library is only fetched where a schema is drawn.
const SchemaForm = later(
  () => import('./schema-form').then((module) => module.SchemaForm),
  <>
    <span className="sr-only">The form is loading.</span>
    <Skeleton className="h-28 rounded-md" />
  </>,
);

type Props = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  onBlur: () => void;
  error?: string | undefined;
  hint?: ReactNode;
  schema: JsonSchema | null;
};

/** JSON text with two faces: a form where there is a schema to draw, and the JSON itself, which holds everything. */
export function SchemaField(props: Props) {
  const { label, value, onChange, error, hint, schema } = props;
  const id = useId();
  const [face, setFace] = useState<'form' | 'json'>('form');
  if (schema === null || !hasFields(schema)) {
    // The schema may arrive while somebody writes: the editor must not turn into a form under their hands.
    const write = (text: string) => {
      setFace('json');
      onChange(text);
    };
    return <JsonField {...props} onChange={write} />;
  }
  const read = readJson(value);
  const drawable = read.kind === 'blank' || (read.kind === 'json' && read.isObject);
  return (
    <div className="min-w-0">
      <div className="mb-2 flex items-center gap-3">
        <span id={id} className="text-sm text-ink-2">
          {label}
        </span>
        <span className="ml-auto">
          <Segmented
            label={`How to write: ${label}`}
            value={face}
            onChange={setFace}
            options={[
              { value: 'form', label: 'Form' },
              { value: 'json', label: 'JSON' },
            ]}
          />
        </span>
      </div>
      {face === 'json' && <JsonField {...props} label={<span className="sr-only">{label}</span>} />}
      {face === 'form' && !drawable && (
        <Note tone="warn">
          The form cannot show this: it is not a JSON object. Correct it under JSON; nothing is lost.
        </Note>
      )}
      {face === 'form' && drawable && (
        <fieldset aria-labelledby={id} className="rounded-lg border border-line p-3.5">
          <SchemaForm
            idPrefix={id}
            schema={schema}
            value={read.kind === 'json' ? read.value : {}}
            onChange={(next) => onChange(writeJson(next))}
          />
        </fieldset>
      )}
      {face === 'form' && error !== undefined && <p className="mt-1.5 text-sm text-bad">{error}</p>}
      {face === 'form' && hint && <p className="mt-1.5 text-xs text-ink-2">{hint}</p>}
    </div>
  );
}
