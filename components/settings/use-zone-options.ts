'use client';
import { useMemo } from 'react';
import { listZones } from '@/lib/schedule/zone';
import type { ComboboxOption } from '../ui/combobox';
import { formatOffset } from '../ui/format-instant';
import { useNow } from '../ui/use-now';

const hourMs = 3_600_000;

/** Every time zone with its offset now; none before the page knows the time. */
export function useZoneOptions(): readonly ComboboxOption[] {
  const nowMs = useNow(hourMs);
  return useMemo(
    () =>
      nowMs === null
        ? []
        : listZones(nowMs).map(({ name }) => ({ value: name, label: name, hint: formatOffset(nowMs, name) })),
    [nowMs],
  );
}
