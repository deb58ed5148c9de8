'use client';
import { useState } from 'react';
import { fromWallText, toWallText } from '../cron-builder/wall-time';
import { useDisplayZone } from '../shell/preferences-context';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { zoneCity } from '../ui/format-instant';
import { Input } from '../ui/input';
import { Segmented } from '../ui/segmented';
import { useNow } from '../ui/use-now';

type RestoreTimeProps = {
  value: number | null;
  /** Epoch ms; null: by hand. Undefined as long as what is typed is no time to come. */
  onChange: (atMs: number | null) => void;
  onInvalid?: () => void;
  /** Changes only count once they are saved. */
  withSave?: boolean;
};

const ways = [
  { value: 'hand', label: 'By hand' },
  { value: 'time', label: 'At a time' },
] as const;

/** When what was paused is to run again. */
export function RestoreTime({ value, onChange, onInvalid, withSave = false }: RestoreTimeProps) {
  const zone = useDisplayZone();
  const nowMs = useNow(30_000);
  const [way, setWay] = useState<'hand' | 'time'>(value === null ? 'hand' : 'time');
  const [text, setText] = useState(value === null ? '' : toWallText(value, zone));
  const atMs = fromWallText(text, zone);
  const isPast = atMs !== null && nowMs !== null && atMs <= nowMs;
  const tell = (nextWay: 'hand' | 'time', nextText: string) => {
    setWay(nextWay);
    setText(nextText);
    if (withSave) return;
    const next = fromWallText(nextText, zone);
    if (nextWay === 'hand') onChange(null);
    else if (next === null) onInvalid?.();
    else onChange(next);
  };
  return (
    <div className="grid gap-2.5">
      <Segmented label="Restore" value={way} onChange={(next) => tell(next, text)} options={ways} />
      {way === 'time' && (
        <Field
          label="Restore at"
          error={isPast ? 'Choose a time that is still to come.' : undefined}
          hint={`Clock time in ${zoneCity(zone)}. It happens also if nobody has this page open.`}
        >
          <Input
            type="datetime-local"
            value={text}
            onChange={(event) => tell('time', event.currentTarget.value)}
          />
        </Field>
      )}
      {withSave && (
        <span>
          <Button
            size="small"
            disabled={way === 'time' && (atMs === null || isPast)}
            onClick={() => onChange(way === 'hand' ? null : atMs)}
          >
            Save
          </Button>
        </span>
      )}
    </div>
  );
}
