import { describe, expect, test } from 'vitest';
import { readState } from './read-state';

const withMessages = (...messages: readonly unknown[]) => readState({ values: { messages } }).messages;

describe('the messages of a state', () => {
  test.each([
    [
      { type: 'human', content: 'Hi' },
      { who: 'person', text: 'Hi' },
    ],
    [
      { role: 'user', content: 'Hi' },
      { who: 'person', text: 'Hi' },
    ],
    [
      { type: 'AIMessageChunk', content: 'Yes' },
      { who: 'agent', text: 'Yes' },
    ],
    [
      { role: 'assistant', content: 'Yes' },
      { who: 'agent', text: 'Yes' },
    ],
    [
      { type: 'tool', name: 'search', content: '[1]' },
      { who: 'tool', name: 'search', text: '[1]' },
    ],
    [
      { type: 'note', content: 'x' },
      { who: 'other', text: 'x' },
    ],
    [
      { type: 'ai', content: '', tool_calls: [{ name: 'search' }] },
      { text: '', calls: ['search'] },
    ],
    [
      { type: 'ai', content: [{ type: 'text', text: 'Look:' }, { type: 'image_url' }, { type: 'tool_use' }] },
      { text: 'Look:\n[image_url]' },
    ],
  ])('%j is read in whatever shape it comes', (wire, read) => {
    expect(withMessages(wire)).toMatchObject([read]);
  });

  test('keep their line breaks, and nothing that hides or turns text around', () => {
    expect(withMessages({ type: 'human', content: 'one\r\ntwo\u202e\u0000\n<b>' })[0]?.text).toBe(
      'one\ntwo\n<b>',
    );
  });

  test('are the latest thirty, and what came before is counted', () => {
    const all = Array.from({ length: 42 }, (_, place) => ({ type: 'ai', content: String(place) }));
    const { messages, earlier } = readState({ values: { messages: all } });
    expect([messages.length, messages[0]?.text, earlier]).toEqual([30, '12', 12]);
  });

  test('of any length and kind break nothing', () => {
    const huge = withMessages({ type: 'ai', content: 'x'.repeat(1_000_000) }, null, 'text', 7);
    expect(huge).toHaveLength(1);
    expect(huge[0]?.text.length).toBe(6_000);
  });
});

test('questions, errors and the next nodes stand on the tasks', () => {
  const state = readState({
    created_at: '2026-11-21T12:00:00Z',
    next: ['ask'],
    tasks: [
      {
        interrupts: [
          { value: { question: 'Send "the list"?' } },
          { value: 'Sure?' },
          { value: { ids: [1] } },
        ],
      },
      { error: { error: 'ValueError', message: 'no such customer' } },
    ],
  });
  expect(state).toMatchObject({
    atMs: Date.UTC(2026, 10, 21, 12),
    next: ['ask'],
    questions: ['Send "the list"?', 'Sure?', '{\n  "ids": [\n    1\n  ]\n}'],
    error: 'ValueError: no such customer',
  });
});

test('other values are shown by name, those that hold nothing are not', () => {
  const { values } = readState({
    values: { messages: [], draft: 'Dear all', list: [1], none: null, empty: '' },
  });
  expect(values).toEqual([
    { name: 'draft', text: 'Dear all' },
    { name: 'list', text: '[\n  1\n]' },
  ]);
});

test.each([[null], ['text'], [{}], [{ values: [], tasks: 'none', next: 4 }]])(
  '%j holds nothing to read',
  (state) => {
    expect(readState(state)).toEqual({
      atMs: null,
      questions: [],
      error: null,
      next: [],
      messages: [],
      earlier: 0,
      values: [],
    });
  },
);
