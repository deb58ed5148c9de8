'use client';
import { useMemo } from 'react';
import { useController } from 'react-hook-form';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { listZones, type ZoneEntry } from '@/lib/schedule/zone';
import { useBuilder, useDraftForm } from './builder-context';
import { issueText } from './issue-text';

function offsetText(minutes: number): string {
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** "UTC+1, summer +2": the offset now and, where clocks change, the other one. */
export function describeOffset({ offsetMinutes, dst, change }: ZoneEntry): string {
  const now = offsetMinutes === 0 ? 'UTC' : `UTC${offsetText(offsetMinutes)}`;
  if (change === null || dst === 'none') return now;
  return `${now}, ${dst === 'standard' ? 'summer' : 'winter'} ${offsetText(change.offsetMinutes)}`;
}

function toOption(zone: ZoneEntry): ComboboxOption {
  return { value: zone.name, label: zone.name.replaceAll('_', ' '), hint: describeOffset(zone) };
}

/** The zone the schedule is read in, the viewer's own on top. Servers without zones know only UTC. */
export function ZonePicker({ nowMs }: { nowMs: number }) {
  const { capabilities, viewerZone } = useBuilder();
  const { control } = useDraftForm();
  const { field, formState } = useController({ control, name: 'zone' });
  const { ref, value: chosen, onChange, onBlur } = field;
  // Zones change their offset at most twice a year: the list need not follow the clock.
  const day = Math.floor(nowMs / 86_400_000);
  const options = useMemo(() => {
    const zones = listZones(day * 86_400_000).map(toOption);
    const first = [viewerZone, 'UTC'];
    const top = first.flatMap((name) => zones.find((zone) => zone.value === name) ?? []);
    return [...new Set([...top, ...zones])];
  }, [day, viewerZone]);
  const offered = capabilities.timezone ? options : options.filter((option) => option.value === 'UTC');
  const value = options.find((option) => option.value === chosen) ?? {
    value: chosen,
    label: chosen,
  };
  return (
    <Field
      label="Time zone"
      error={issueText(formState.errors, 'zone')}
      hint={capabilities.timezone ? undefined : 'This server runs every cron in UTC.'}
    >
      <Combobox
        ref={ref}
        options={offered}
        limit={600}
        value={value}
        onChange={(option) => option && onChange(option.value)}
        onBlur={onBlur}
        trailing={
          <span className="num text-sm whitespace-nowrap text-ink-2 max-md:hidden">{value.hint}</span>
        }
        empty="No time zone matches. Try a city, like Berlin."
      />
    </Field>
  );
}
