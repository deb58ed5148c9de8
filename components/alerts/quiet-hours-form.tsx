'use client';
import { useState } from 'react';
import type { AlertSettings } from '@/lib/alerts/alert-settings';
import { useZoneOptions } from '../settings/use-zone-options';
import { Button } from '../ui/button';
import { Combobox } from '../ui/combobox';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Switch } from '../ui/switch';

type Props = {
  settings: AlertSettings;
  isSaving: boolean;
  onSave: (part: Partial<AlertSettings>) => void;
};

const usualNight = { from: '22:00', to: '07:00' };

/** When nobody is to be told, and the zone in which messages give times. */
export function QuietHoursForm({ settings, isSaving, onSave }: Props) {
  const options = useZoneOptions();
  const [isOn, setIsOn] = useState(settings.quiet !== null);
  const [{ from, to }, setHours] = useState(settings.quiet ?? usualNight);
  const [zone, setZone] = useState(settings.zone);
  const isWrong = isOn && (from === '' || to === '' || from === to);
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) onSave({ quiet: isOn ? { from, to } : null, zone });
      }}
    >
      <Switch
        checked={isOn}
        onChange={setIsOn}
        hint="What happens then is told afterwards in one message; what came and went is one line of it."
      >
        Send nothing at certain hours
      </Switch>
      <div className="flex flex-wrap items-start gap-3">
        {isOn && (
          <>
            <Field label="From" className="w-36">
              <Input
                type="time"
                required
                value={from}
                onChange={(event) => setHours({ from: event.currentTarget.value, to })}
              />
            </Field>
            <Field
              label="To"
              className="w-36"
              error={from === to ? 'They must end at another time than they begin.' : undefined}
            >
              <Input
                type="time"
                required
                value={to}
                onChange={(event) => setHours({ from, to: event.currentTarget.value })}
              />
            </Field>
          </>
        )}
        <Field label="Time zone of messages" className="min-w-52 max-w-sm flex-1">
          <Combobox
            options={options}
            limit={500}
            value={options.find(({ value }) => value === zone) ?? { value: zone, label: zone }}
            onChange={(option) => option && setZone(option.value)}
            empty="No zone is called that. Try a city, like Berlin."
          />
        </Field>
      </div>
      <div>
        <Button type="submit" busy={isSaving} disabled={isWrong}>
          Save quiet hours
        </Button>
      </div>
    </form>
  );
}
