'use client';
import { useState, type KeyboardEvent } from 'react';
import { Chip } from '@/components/ui/chip';
import { Input } from '@/components/ui/input';

type Props = {
  value: readonly string[];
  onChange: (tags: string[]) => void;
  onBlur?: () => void;
  placeholder?: string;
};

/** A list of short texts. Enter or a comma adds, Backspace in the empty box takes the last one away. */
export function TagInput({ value, onChange, onBlur, placeholder = 'Type and press Enter' }: Props) {
  const [text, setText] = useState('');
  const add = (typed: string) => {
    const tags = typed
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && !value.includes(tag));
    if (tags.length > 0) onChange([...value, ...new Set(tags)]);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && value.length > 0) {
      onChange(value.slice(0, -1));
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <Input
        value={text}
        placeholder={placeholder}
        onChange={(event) =>
          event.target.value.includes(',') ? add(event.target.value) : setText(event.target.value)
        }
        onKeyDown={onKeyDown}
        onBlur={() => {
          add(text);
          onBlur?.();
        }}
      />
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {value.map((tag) => (
            <li key={tag} className="max-w-full">
              <Chip
                removeLabel={`Remove ${tag}`}
                onRemove={() => onChange(value.filter((other) => other !== tag))}
              >
                {tag}
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
