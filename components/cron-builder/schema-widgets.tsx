'use client';
import {
  ariaDescribedByIds,
  getInputProps,
  type BaseInputTemplateProps,
  type WidgetProps,
} from '@rjsf/utils';
import type { ChangeEvent } from 'react';
import { controlClass } from '@/components/ui/control-class';

/** Every one-line box. A number is text while it is typed: "1." and "-" are on the way to one. */
export function SchemaInput(props: BaseInputTemplateProps) {
  const { id, value, type, schema, options, required, disabled, readonly, placeholder, rawErrors } = props;
  const input = getInputProps(schema, type, options);
  const shown: unknown = value ?? '';
  const onChange = (event: ChangeEvent<HTMLInputElement>) =>
    props.onChangeOverride
      ? props.onChangeOverride(event)
      : props.onChange(event.target.value === '' ? options.emptyValue : event.target.value);
  return (
    <input
      id={id}
      name={id}
      {...input}
      autoComplete="off"
      className={controlClass()}
      value={typeof shown === 'number' ? shown : String(shown)}
      placeholder={placeholder || exampleOf(schema.default)}
      required={required}
      disabled={disabled || readonly}
      aria-invalid={(rawErrors?.length ?? 0) > 0 || undefined}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={onChange}
      onBlur={(event) => props.onBlur(id, event.target.value)}
      onFocus={(event) => props.onFocus(id, event.target.value)}
    />
  );
}

function exampleOf(given: unknown): string | undefined {
  return typeof given === 'string' || typeof given === 'number' ? String(given) : undefined;
}

export function SchemaTextarea({
  id,
  value,
  options,
  required,
  disabled,
  readonly,
  rawErrors,
  onChange,
}: WidgetProps) {
  return (
    <textarea
      id={id}
      rows={4}
      className={controlClass('medium', 'field-sizing-content max-h-[60vh] py-2')}
      value={String(value ?? '')}
      required={required}
      disabled={disabled || readonly}
      aria-invalid={(rawErrors?.length ?? 0) > 0 || undefined}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={(event) => onChange(event.target.value === '' ? options.emptyValue : event.target.value)}
    />
  );
}

/** A native list: schemas may allow one or many of any JSON values, which are chosen here by their place. */
export function SchemaSelect(props: WidgetProps) {
  const { id, value, options, multiple, required, disabled, readonly, rawErrors, onChange } = props;
  const choices = options.enumOptions ?? [];
  const placeOf = (wanted: unknown) =>
    choices.findIndex((choice) => JSON.stringify(choice.value) === JSON.stringify(wanted));
  const places = (Array.isArray(value) && multiple ? value : [value])
    .map(placeOf)
    .filter((place) => place >= 0)
    .map(String);
  const pick = (event: ChangeEvent<HTMLSelectElement>) => {
    const picked = [...event.target.selectedOptions]
      .filter((option) => option.value !== '')
      .map((option) => choices[Number(option.value)]?.value as unknown);
    onChange(multiple ? picked : picked[0]);
  };
  return (
    <select
      id={id}
      multiple={multiple === true}
      className={controlClass('medium', multiple ? 'py-2' : undefined)}
      value={multiple ? places : (places[0] ?? '')}
      required={required}
      disabled={disabled || readonly}
      aria-invalid={(rawErrors?.length ?? 0) > 0 || undefined}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={pick}
    >
      {!multiple && <option value="">not set</option>}
      {choices.map((choice, place) => (
        <option key={place} value={place}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

export function SchemaCheckbox({ id, value, label, disabled, readonly, onChange }: WidgetProps) {
  return (
    <label htmlFor={id} className="flex min-h-6 items-center gap-2.5">
      <input
        id={id}
        type="checkbox"
        className="size-4 accent-(--accent)"
        checked={value === true}
        disabled={disabled || readonly}
        aria-describedby={ariaDescribedByIds(id)}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

export const schemaWidgets = {
  TextareaWidget: SchemaTextarea,
  SelectWidget: SchemaSelect,
  CheckboxWidget: SchemaCheckbox,
};
