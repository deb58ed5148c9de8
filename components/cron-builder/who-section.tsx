'use client';
import { useState } from 'react';
import { useController } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { AssistantPicker } from './assistant-picker';
import { useDraftForm } from './builder-context';
import { BuilderSection } from './builder-section';
import { issueText } from './issue-text';
import { TagInput } from './tag-input';

/** Which assistant runs, and what people will know the cron by. */
export function WhoSection() {
  const { control, register, formState, getValues } = useDraftForm();
  const tags = useController({ control, name: 'tags' }).field;
  const [more, setMore] = useState(() => getValues('description') !== '' || getValues('tags').length > 0);
  return (
    <BuilderSection title="Who">
      <AssistantPicker />
      <Field label="Name" optional error={issueText(formState.errors, 'name')}>
        <Input placeholder="Morning news, Berlin team" {...register('name')} />
      </Field>
      {more ? (
        <>
          <Field label="Description" optional error={issueText(formState.errors, 'description')}>
            <Textarea
              rows={2}
              placeholder="Why it exists and who reads the result"
              {...register('description')}
            />
          </Field>
          <Field label="Tags" optional error={issueText(formState.errors, 'tags')}>
            <TagInput value={tags.value} onChange={tags.onChange} onBlur={tags.onBlur} />
          </Field>
        </>
      ) : (
        <div>
          <Button tone="quiet" size="small" onClick={() => setMore(true)}>
            Add a description or tags
          </Button>
        </div>
      )}
    </BuilderSection>
  );
}
