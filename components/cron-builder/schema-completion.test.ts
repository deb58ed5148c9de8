import { CompletionContext } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { pathAt, pointerRange } from './json-positions';
import { completeFromSchema } from './schema-completion';

const schema = {
  type: 'object',
  properties: {
    topic: { type: 'string', description: 'What it is about.' },
    tone: { enum: ['brief', 'detailed'] },
    deep: { type: 'boolean' },
    sources: { type: 'array', items: { $ref: '#/$defs/Source' } },
  },
  $defs: { Source: { type: 'object', properties: { url: { type: 'string' }, rank: { enum: [1, 2] } } } },
};

/** The text with the cursor at the bar. */
function at(marked: string) {
  const position = marked.indexOf('|');
  const state = EditorState.create({ doc: marked.replace('|', ''), extensions: [json()] });
  return { state, position };
}
function offered(marked: string) {
  const { state, position } = at(marked);
  const context = new CompletionContext(state, position, true);
  return (
    completeFromSchema(context, schema, pathAt(state, position))?.options.map((option) => option.label) ?? []
  );
}

describe('completion in JSON', () => {
  it('offers the names that are not there yet', () => {
    expect(offered('{"topic": "x", "|"}')).toEqual(['"tone"', '"deep"', '"sources"']);
    expect(offered('{|}')).toEqual(['"topic"', '"tone"', '"deep"', '"sources"']);
  });

  it('offers the values a place allows', () => {
    expect(offered('{"tone": "|"}')).toEqual(['"brief"', '"detailed"']);
    expect(offered('{"deep": t|}')).toEqual(['true', 'false']);
  });

  it('follows lists and references', () => {
    expect(offered('{"sources": [{"url": "a", "|"}]}')).toEqual(['"rank"']);
    expect(offered('{"sources": [{"url": "a"}, {"rank": 1|}]}')).toEqual(['1', '2']);
  });

  it('offers nothing where the schema knows nothing', () => {
    expect(offered('{"other": {"|"}}')).toEqual([]);
  });
});

describe('pointerRange', () => {
  const { state } = at('{"a": {"b~c": [1, 22]}, "d/e": true}|');
  const marked = (pointer: string) => {
    const { from, to } = pointerRange(state, pointer);
    return state.sliceDoc(from, to);
  };

  it('finds the value a pointer leads to, escapes included', () => {
    expect(marked('/a/b~0c/1')).toBe('22');
    expect(marked('/d~1e')).toBe('true');
  });

  it('marks only the brace of what is larger, and the innermost part of what is missing', () => {
    expect(marked('')).toBe('{');
    expect(marked('/a/b~0c')).toBe('[');
    expect(marked('/a/nothing/here')).toBe('{');
  });
});
