'use client';
import { useMemo, useState } from 'react';
import type { CronAction } from '@/lib/crons/cron-action';
import { isReservedMetadataKey } from '@/lib/crons/reserved-metadata';
import { listZones } from '@/lib/schedule/zone';
import { fromWallText } from '../cron-builder/wall-time';
import { useDisplayZone } from '../shell/preferences-context';
import { Combobox, type ComboboxOption } from '../ui/combobox';
import { Field } from '../ui/field';
import { formatOffset, zoneCity } from '../ui/format-instant';
import { Input } from '../ui/input';
import { Switch } from '../ui/switch';
import { useNow } from '../ui/use-now';

type FieldsProps = { onChange: (action: CronAction | null) => void };

/** What an action has to be told beside its kind. Says null as long as that is missing or wrong. */
export function ActionFields({ kind, onChange }: FieldsProps & { kind: CronAction['kind'] }) {
  switch (kind) {
    case 'delete':
    case 'pause':
    case 'resume':
      return null;
    case 'set-end':
      return <EndFields onChange={onChange} />;
    case 'set-zone':
      return <ZoneFields onChange={onChange} />;
    case 'add-metadata':
      return <MetadataFields onChange={onChange} />;
  }
}

function EndFields({ onChange }: FieldsProps) {
  const zone = useDisplayZone();
  const nowMs = useNow(60_000);
  const [text, setText] = useState('');
  const [never, setNever] = useState(false);
  const atMs = fromWallText(text, zone);
  const isPast = atMs !== null && nowMs !== null && atMs <= nowMs;
  const change = (nextText: string, nextNever: boolean) => {
    setText(nextText);
    setNever(nextNever);
    const endMs = fromWallText(nextText, zone);
    onChange(
      nextNever ? { kind: 'set-end', endMs: null } : endMs === null ? null : { kind: 'set-end', endMs },
    );
  };
  return (
    <div className="mt-4 grid gap-3">
      <Switch checked={never} onChange={(on) => change(text, on)}>
        They never end
      </Switch>
      {!never && (
        <Field
          label="Ends"
          hint={
            isPast
              ? 'This time has passed: they would end at once.'
              : `Clock time in ${zoneCity(zone)}. No run after it.`
          }
        >
          <Input
            type="datetime-local"
            value={text}
            onChange={(event) => change(event.currentTarget.value, false)}
          />
        </Field>
      )}
    </div>
  );
}

function ZoneFields({ onChange }: FieldsProps) {
  const nowMs = useNow(3_600_000);
  const [zone, setZone] = useState<ComboboxOption | null>(null);
  const options = useMemo<readonly ComboboxOption[]>(
    () =>
      nowMs === null
        ? []
        : listZones(nowMs).map(({ name }) => ({ value: name, label: name, hint: formatOffset(nowMs, name) })),
    [nowMs],
  );
  return (
    <Field label="Time zone" className="mt-4">
      <Combobox
        options={options}
        limit={500}
        value={zone}
        onChange={(option) => {
          setZone(option);
          onChange(option === null ? null : { kind: 'set-zone', zone: option.value });
        }}
        empty="No zone is called that. Try a city, like Berlin."
      />
    </Field>
  );
}

function MetadataFields({ onChange }: FieldsProps) {
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const taken = isReservedMetadataKey(key.trim());
  const change = (nextKey: string, nextValue: string) => {
    setKey(nextKey);
    setValue(nextValue);
    const name = nextKey.trim();
    const fits = name !== '' && name.length <= 200 && !isReservedMetadataKey(name);
    onChange(fits ? { kind: 'add-metadata', metadata: { [name]: nextValue } } : null);
  };
  return (
    <div className="mt-4 grid grid-cols-2 gap-3 max-md:grid-cols-1">
      <Field
        label="Key"
        error={taken ? 'Crondeck uses this key itself.' : undefined}
        hint="For example owner."
      >
        <Input value={key} onChange={(event) => change(event.currentTarget.value, value)} />
      </Field>
      <Field label="Value">
        <Input value={value} onChange={(event) => change(key, event.currentTarget.value)} />
      </Field>
    </div>
  );
}
