'use client';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { alertRules, type AlertRule } from '@/lib/alerts/alert-settings';
import { alertWords } from '@/lib/alerts/alert-words';
import type { DestinationShown } from '@/lib/alerts/alerts-view';
import { changeDestinationMutation } from '@/lib/query/alert-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Note } from '../ui/note';
import { RadioCards } from '../ui/radio-cards';
import { toast } from '../ui/toast';

type Props = { destination: DestinationShown; onClose: () => void };

/** Gives a destination another name, and says what is told there. */
export function ChangeDestination({ destination, onClose }: Props) {
  const { destinationId, address } = destination;
  const { deploymentId } = useDeployment();
  const form = useId();
  const [name, setName] = useState(destination.name);
  const [isSome, setIsSome] = useState(destination.rules !== null);
  const [some, setSome] = useState<readonly AlertRule[]>(destination.rules ?? []);
  const changing = useMutation(changeDestinationMutation(deploymentId, destinationId));
  const problem = changing.error === null ? null : problemOf(changing.error);
  const change = () =>
    changing.mutate(
      { name, rules: isSome ? some : null },
      {
        onSuccess: (changed) => {
          toast.done(`${changed.name} was changed.`);
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Change ${destination.name}`}
      description={`Messages go to ${address}. For another address, add another destination.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            tone="primary"
            busy={changing.isPending}
            disabled={isSome && some.length === 0}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          change();
        }}
      >
        <Field label="Name">
          <Input value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
        </Field>
        <RadioCards
          label="What is told there"
          value={isSome ? 'some' : 'all'}
          onChange={(next) => setIsSome(next === 'some')}
          cards={[
            { value: 'all', title: 'Everything', text: 'Whatever is switched on, also what is added later.' },
            {
              value: 'some',
              title: 'Only some things',
              text: 'Such as failures to whoever is on call, and budgets to finance.',
              more: <Rules rules={some} onChange={setSome} />,
            },
          ]}
        />
        {problem && (
          <Note tone="bad" announce title={problem.message}>
            {problem.hint}
          </Note>
        )}
      </form>
    </Dialog>
  );
}

function Rules({
  rules,
  onChange,
}: {
  rules: readonly AlertRule[];
  onChange: (rules: readonly AlertRule[]) => void;
}) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="sr-only">Told about</legend>
      {alertRules.map((rule) => (
        <Checkbox
          key={rule}
          checked={rules.includes(rule)}
          onChange={(on) => onChange(on ? [...rules, rule] : rules.filter((other) => other !== rule))}
        >
          {alertWords[rule].title}
        </Checkbox>
      ))}
    </fieldset>
  );
}
