'use client';
import { useQuery } from '@tanstack/react-query';
import { useController, useWatch } from 'react-hook-form';
import { Checkbox } from '@/components/ui/checkbox';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { assistantGraphQuery } from '@/lib/query/assistant-queries';
import { useBuilder, useDraftForm } from './builder-context';
import { TagInput } from './tag-input';
import { Field } from '@/components/ui/field';

type Stops = CronDraft['interruptBefore'];
type Props = { name: 'interruptBefore' | 'interruptAfter'; label: string };

/** Nodes at which a run stops and waits: chosen from the graph where the server shows it, else typed. */
export function StopPoints({ name, label }: Props) {
  const { deployment } = useBuilder();
  const { control } = useDraftForm();
  const assistantId = useWatch({ control, name: 'assistantId' });
  const { field } = useController({ control, name });
  const graph = useQuery({
    ...assistantGraphQuery(deployment.id, assistantId),
    enabled: assistantId !== '',
    retry: false,
  });
  const stops: Stops = field.value;
  const chosen = stops === '*' ? [] : stops;
  const nodes = [...new Set([...(graph.data?.nodes ?? []), ...chosen])];
  if (nodes.length === 0 && stops !== '*') {
    return (
      <Field label={label} hint="Names of nodes; the server does not show the graph.">
        <TagInput
          value={chosen}
          onChange={field.onChange}
          onBlur={field.onBlur}
          placeholder="Name of a node"
        />
      </Field>
    );
  }
  return (
    <fieldset>
      <legend className="mb-1 text-sm text-ink-2">{label}</legend>
      <Checkbox checked={stops === '*'} onChange={(all) => field.onChange(all ? '*' : [])}>
        every node
      </Checkbox>
      {nodes.map((node) => (
        <Checkbox
          key={node}
          checked={stops === '*' || chosen.includes(node)}
          disabled={stops === '*'}
          onChange={(on) => field.onChange(nodes.filter((one) => (one === node ? on : chosen.includes(one))))}
        >
          <span className="mono">{node}</span>
        </Checkbox>
      ))}
    </fieldset>
  );
}
