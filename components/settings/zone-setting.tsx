'use client';
import { displayZone } from '../shell/preferences';
import { usePreferences } from '../shell/preferences-context';
import { Combobox } from '../ui/combobox';
import { Field } from '../ui/field';
import { useZoneOptions } from './use-zone-options';

/** In which zone all times are shown; left alone it is that of the browser. */
export function ZoneSetting() {
  const { chosenZone, setZone } = usePreferences();
  const options = useZoneOptions();
  if (options.length === 0) return null;
  const own = displayZone(null);
  const value =
    chosenZone === null
      ? null
      : (options.find((option) => option.value === chosenZone) ?? { value: chosenZone, label: chosenZone });
  return (
    <Field
      label="Times are shown in"
      hint={`Only for you, in this browser. Empty: the zone of your browser, ${own}. When a cron runs is not changed by it.`}
      className="max-w-md"
    >
      <Combobox
        options={options}
        limit={500}
        value={value}
        placeholder={`${own} (your browser)`}
        clearable
        onChange={(option) => setZone(option?.value ?? null)}
        empty="No zone is called that. Try a city, like Berlin."
      />
    </Field>
  );
}
