'use client';
import {
  ADDITIONAL_PROPERTY_FLAG,
  canExpand,
  descriptionId,
  errorId,
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  type FieldErrorProps,
  type FieldTemplateProps,
  type MultiSchemaFieldTemplateProps,
  type ObjectFieldTemplateProps,
} from '@rjsf/utils';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { controlClass } from '@/components/ui/control-class';
import { SchemaInput } from './schema-widgets';

/** Label, control, what is wrong, what it is for. Boxes to tick carry their label themselves. */
function SchemaFieldTemplate(props: FieldTemplateProps) {
  const { id, label, children, errors, rawDescription, hidden, required, displayLabel, schema } = props;
  if (hidden) return <div className="hidden">{children}</div>;
  const isBox = schema.type === 'boolean';
  const body = (
    <div className="min-w-0 flex-1">
      {displayLabel && !isBox && (
        <label htmlFor={id} className="mb-[5px] flex items-baseline gap-2 text-sm text-ink-2">
          {label}
          {!required && <span className="text-ink-3">optional</span>}
        </label>
      )}
      {children}
      {errors}
      {displayLabel && rawDescription && (
        <p id={descriptionId(id)} className="mt-1.5 text-xs text-ink-2">
          {rawDescription}
        </p>
      )}
    </div>
  );
  return ADDITIONAL_PROPERTY_FLAG in schema ? <NamedByHand {...props}>{body}</NamedByHand> : body;
}

/** A property whose name is up to the person. */
function NamedByHand({ id, label, onKeyRenameBlur, onRemoveProperty, children }: FieldTemplateProps) {
  return (
    <div className="flex items-end gap-2">
      <label className="w-40 shrink-0 text-sm text-ink-2">
        <span className="mb-[5px] block">Name</span>
        <input
          key={label}
          id={`${id}-key`}
          defaultValue={label}
          onBlur={onKeyRenameBlur}
          className={controlClass()}
        />
      </label>
      {children}
      <IconButton label={`Remove ${label}`} onClick={onRemoveProperty}>
        <X className="size-4" />
      </IconButton>
    </div>
  );
}

function SchemaErrors({ errors = [], fieldPathId }: FieldErrorProps) {
  return (
    <div id={errorId(fieldPathId)} aria-live="polite" className="text-sm text-warn empty:hidden">
      {errors.map((error, index) => (
        <p key={index} className="mt-1">
          {error}
        </p>
      ))}
    </div>
  );
}

function SchemaObject(props: ObjectFieldTemplateProps) {
  const { title, description, properties, schema, uiSchema, formData, fieldPathId, onAddProperty } = props;
  const isRoot = fieldPathId.path.length === 0;
  const body = (
    <div className="flex flex-col gap-3.5">
      {properties.map((property) =>
        property.hidden ? null : <div key={property.name}>{property.content}</div>,
      )}
      {canExpand(schema, uiSchema, formData) && (
        <div>
          <Button size="small" icon={<Plus className="size-3.5" />} onClick={onAddProperty}>
            Add a value
          </Button>
        </div>
      )}
    </div>
  );
  if (isRoot) return body;
  return (
    <fieldset className="rounded-md border border-line px-3 pt-2 pb-3">
      {title && <legend className="px-1 text-sm text-ink-2">{title}</legend>}
      {description && <div className="mb-2 text-xs text-ink-2">{description}</div>}
      {body}
    </fieldset>
  );
}

function SchemaArray({ title, items, canAdd, onAddClick, schema }: ArrayFieldTemplateProps) {
  return (
    <fieldset>
      <legend className="mb-[5px] text-sm text-ink-2">{title}</legend>
      {schema.description && <p className="mb-2 text-xs text-ink-2">{schema.description}</p>}
      <div className="flex flex-col gap-2">{items}</div>
      {canAdd && (
        <Button size="small" className="mt-2" icon={<Plus className="size-3.5" />} onClick={onAddClick}>
          Add to {title || 'the list'}
        </Button>
      )}
    </fieldset>
  );
}

function SchemaArrayItem({ children, buttonsProps, index }: ArrayFieldItemTemplateProps) {
  const { hasMoveUp, hasMoveDown, hasRemove, onMoveUpItem, onMoveDownItem, onRemoveItem } = buttonsProps;
  const nth = index + 1;
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">{children}</div>
      {hasMoveUp && (
        <IconButton label={`Move ${nth} up`} onClick={onMoveUpItem}>
          <ArrowUp className="size-4" />
        </IconButton>
      )}
      {hasMoveDown && (
        <IconButton label={`Move ${nth} down`} onClick={onMoveDownItem}>
          <ArrowDown className="size-4" />
        </IconButton>
      )}
      {hasRemove && (
        <IconButton label={`Remove ${nth}`} onClick={onRemoveItem}>
          <X className="size-4" />
        </IconButton>
      )}
    </div>
  );
}

function SchemaChoice({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps) {
  return (
    <div className="flex flex-col gap-2">
      {selector}
      {optionSchemaField}
    </div>
  );
}

export const schemaTemplates = {
  FieldTemplate: SchemaFieldTemplate,
  FieldErrorTemplate: SchemaErrors,
  ObjectFieldTemplate: SchemaObject,
  ArrayFieldTemplate: SchemaArray,
  ArrayFieldItemTemplate: SchemaArrayItem,
  MultiSchemaFieldTemplate: SchemaChoice,
  BaseInputTemplate: SchemaInput,
  // Errors and descriptions are drawn by the field itself.
  DescriptionFieldTemplate: () => null,
};
