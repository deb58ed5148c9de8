'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { fromSentence } from '@/lib/schedule/from-sentence';
import { SENTENCE_EXAMPLES } from '@/lib/schedule/sentence/examples';
import type { FaceProps } from './face-props';
import { expressionToPreset, presetToSentence } from './schedule-preset';

type Props = FaceProps & {
  /** What was typed last. It counts as long as the schedule is what it says. */
  typed: string;
  onTyped: (text: string) => void;
};

function expressionsOf(text: string): readonly string[] {
  const read = fromSentence(text);
  return read.ok ? read.value.expressions : [];
}

/** The sentence to show: what was typed, if it still holds, else one that says the same; null where there is none. */
export function sentenceFor(schedules: readonly string[], typed: string): string | null {
  if (typed.trim() !== '' && expressionsOf(typed).join('\n') === schedules.join('\n')) return typed;
  if (schedules.length !== 1) return null;
  const preset = expressionToPreset(schedules[0] ?? '');
  return preset && presetToSentence(preset);
}

/** The schedule as one would say it. What is not fully understood is refused with examples, never guessed. */
export function SentenceFace({ schedules, onChange, onBlur, inputRef, error, typed, onTyped }: Props) {
  // Half a sentence is not a mistake yet: it turns red once one has left the box. The words stand in the same place
  // before, as a hint, so that nothing below moves away under a click.
  const [leftOnce, setLeftOnce] = useState(false);
  const shown = sentenceFor(schedules, typed) ?? (schedules.length === 0 ? typed : '');
  const read = fromSentence(shown);
  const missing = shown.trim() === '';
  const refused = !read.ok && !missing;
  const problem = refused ? `${read.error.message} ${read.error.hint}` : undefined;
  const isMistake = leftOnce || error !== undefined;
  const examples = read.ok
    ? SENTENCE_EXAMPLES.slice(10, 13)
    : missing
      ? SENTENCE_EXAMPLES.slice(0, 3)
      : read.error.examples;
  const type = (text: string) => {
    setLeftOnce(false);
    onTyped(text);
    onChange([...expressionsOf(text)]);
  };
  return (
    <div className="flex flex-col gap-2">
      {missing && schedules.length > 0 && (
        <Note>
          <span className="mono">{schedules.join(' and ')}</span> stays as it is until you say something else.
        </Note>
      )}
      <Field
        label="When it runs, in words"
        hideLabel
        error={isMistake ? (problem ?? error) : undefined}
        hint={isMistake ? undefined : problem}
      >
        <Input
          size="large"
          ref={inputRef}
          value={shown}
          placeholder="every weekday at 9"
          onChange={(event) => type(event.target.value)}
          onBlur={() => {
            setLeftOnce(true);
            onBlur();
          }}
        />
      </Field>
      <p className="flex flex-wrap items-baseline gap-x-1 text-xs text-ink-2">
        <span aria-live="polite">{read.ok ? 'Understood.' : ''}</span>
        <span>{read.ok ? 'Also:' : 'For example:'}</span>
        {examples.map((example) => (
          <Button key={example} tone="quiet" size="small" onClick={() => type(example)}>
            {example}
          </Button>
        ))}
      </p>
    </div>
  );
}
