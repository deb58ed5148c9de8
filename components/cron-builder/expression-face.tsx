'use client';
import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { maxSchedules } from '@/lib/crons/cron-draft';
import type { PreviewPart } from '@/lib/crons/draft-preview';
import type { FaceProps } from './face-props';

function errorOf(part: PreviewPart | undefined): string | undefined {
  return part?.error ? `${part.error.message} ${part.error.hint}` : undefined;
}

/** The cron expression itself. Several expressions are several crons, made together. */
export function ExpressionFace({ schedules, onChange, onBlur, parts, inputRef, error }: FaceProps) {
  const rows = schedules.length === 0 ? [''] : schedules;
  const put = (index: number, text: string) => onChange(rows.map((old, at) => (at === index ? text : old)));
  return (
    <div className="flex flex-col gap-2">
      {rows.map((text, index) => (
        <div key={index} className="flex items-start gap-1.5">
          <Field
            className="flex-1"
            label={rows.length === 1 ? 'Cron expression' : `Cron expression ${index + 1}`}
            hideLabel
            error={errorOf(parts.find((part) => part.text === text)) ?? (index === 0 ? error : undefined)}
          >
            <Input
              size="large"
              mono
              ref={index === 0 ? inputRef : undefined}
              spellCheck={false}
              value={text}
              placeholder="0 9 * * 1-5"
              onChange={(event) => put(index, event.target.value)}
              onBlur={onBlur}
            />
          </Field>
          {rows.length > 1 && (
            <IconButton
              label={`Remove expression ${index + 1}`}
              className="mt-2"
              onClick={() => onChange(rows.filter((_text, at) => at !== index))}
            >
              <X className="size-4" />
            </IconButton>
          )}
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2">
        <span className="mono">minute hour day month weekday</span>
        {rows.length < maxSchedules && (
          <Button
            tone="quiet"
            size="small"
            icon={<Plus className="size-3.5" />}
            onClick={() => onChange([...rows, ''])}
          >
            Add another expression
          </Button>
        )}
      </div>
    </div>
  );
}
