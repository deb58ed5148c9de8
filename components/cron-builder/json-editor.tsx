'use client';
import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { controlClass } from '@/components/ui/control-class';
import { jsonEditorSetup, named, schemaSlot, withSchema } from './json-editor-setup';
import type { JsonSchema } from './json-schema';

type Props = {
  value: string;
  onChange: (text: string) => void;
  onBlur?: (() => void) | undefined;
  schema: JsonSchema | null;
  invalid: boolean;
  labelledBy: string;
  describedBy: string;
};

/** CodeMirror for JSON. The text lives in the form; the editor follows it when it is changed elsewhere. */
export function JsonEditor({ value, onChange, onBlur, schema, invalid, labelledBy, describedBy }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const changed = useEffectEvent(onChange);
  const left = useEffectEvent(() => onBlur?.());
  const initial = useEffectEvent(() => value);

  useEffect(() => {
    if (!host.current) return;
    const listener = EditorView.updateListener.of((update) => {
      if (update.docChanged && update.transactions.some((one) => !one.annotation(named)))
        changed(update.state.doc.toString());
      if (update.focusChanged && !update.view.hasFocus) left();
    });
    const created = new EditorView({
      doc: initial(),
      parent: host.current,
      extensions: [jsonEditorSetup(), listener],
    });
    setView(created);
    return () => created.destroy();
  }, []);

  useEffect(() => {
    if (!view || view.state.doc.toString() === value) return;
    const changes = { from: 0, to: view.state.doc.length, insert: value };
    view.dispatch({ changes, annotations: named.of(true) });
  }, [view, value]);

  useEffect(() => {
    view?.dispatch({ effects: schemaSlot.reconfigure(withSchema(schema)) });
  }, [view, schema]);

  useEffect(() => {
    if (!view) return;
    const marks = {
      'aria-labelledby': labelledBy,
      'aria-describedby': describedBy,
      'aria-invalid': String(invalid),
    };
    for (const [name, text] of Object.entries(marks)) view.contentDOM.setAttribute(name, text);
  }, [view, labelledBy, describedBy, invalid]);

  return (
    <div
      ref={host}
      aria-invalid={invalid || undefined}
      className={controlClass('medium', 'px-0 py-1 text-sm')}
    />
  );
}
