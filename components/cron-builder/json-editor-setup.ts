import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { linter, type Diagnostic } from '@codemirror/lint';
import { Annotation, Compartment, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { pathAt, pointerRange } from './json-positions';
import { schemaIssues, type JsonSchema } from './json-schema';
import { completeFromSchema } from './schema-completion';

/** Marks a change that came from outside, so that it is not reported back. */
export const named = Annotation.define<boolean>();
export const schemaSlot = new Compartment();

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    lineHeight: '1.55',
    minHeight: '84px',
    maxHeight: '50vh',
  },
  '.cm-content': { caretColor: 'var(--ink)', padding: '4px 0' },
  '.cm-line': { padding: '0 12px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--card)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: '7px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink)',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
]);

/** Everything but the schema. Tab is left to the browser, so that the keyboard gets out of the box again. */
export function jsonEditorSetup(): Extension {
  return [
    json(),
    history(),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    EditorView.lineWrapping,
    syntaxHighlighting(colours),
    linter(lintSyntax),
    schemaSlot.of([]),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
    look,
  ];
}

const parseLinter = jsonParseLinter();

function lintSyntax(view: EditorView): readonly Diagnostic[] {
  return view.state.doc.toString().trim() === '' ? [] : parseLinter(view);
}

/** Warnings where the value does not fit the schema, and its names and values on offer while typing. */
export function withSchema(schema: JsonSchema | null): Extension {
  if (schema === null) return [];
  return [
    linter((view) => lintSchema(view, schema)),
    autocompletion({
      override: [(context) => completeFromSchema(context, schema, pathAt(context.state, context.pos))],
    }),
  ];
}

function lintSchema(view: EditorView, schema: JsonSchema): readonly Diagnostic[] {
  let value: unknown;
  try {
    value = JSON.parse(view.state.doc.toString());
  } catch {
    return [];
  }
  return schemaIssues(schema, value).map(({ pointer, message }) => ({
    ...pointerRange(view.state, pointer),
    severity: 'warning' as const,
    message,
  }));
}
