import { describe, expect, it } from 'vitest';
import { endedTrial, startedTrial, trialAnswer, trialEvent, trialTokens, type Trial } from './trial';

const run = (...events: readonly (readonly [string, unknown])[]): Trial =>
  events.reduce((trial, [event, data]) => trialEvent(trial, event, JSON.stringify(data)), startedTrial(1000));
const chunk = (id: string, content: unknown, type = 'AIMessageChunk') =>
  ['messages', [{ id, type, content }, {}]] as const;

describe('a trial run', () => {
  it('writes the text as it comes, one message after the other', () => {
    const trial = run(chunk('a', 'Hel'), chunk('a', 'lo'), chunk('b', [{ type: 'text', text: 'World' }]));
    expect(trialAnswer(trial)).toBe('Hello\n\nWorld');
  });

  it('does not say a message twice when the whole follows its chunks', () => {
    expect(trialAnswer(run(chunk('a', 'Hel'), chunk('a', 'lo'), chunk('a', 'Hello', 'ai')))).toBe('Hello');
  });

  it('shows the last answer of the state where nothing was streamed', () => {
    const values = {
      messages: [
        { type: 'human', content: 'Hi' },
        { type: 'ai', content: 'Hello', usage_metadata: { input_tokens: 3, output_tokens: 2 } },
      ],
    };
    const trial = run(['values', {}], ['values', values]);
    expect(trialAnswer(trial)).toBe('Hello');
    expect(trialTokens(trial)).toEqual({ input: 3, output: 2 });
    expect(trial.steps).toBe(2);
  });

  it('fails with what the server says, and stays failed when the stream ends', () => {
    const trial = endedTrial(run(['error', { error: 'ValueError', message: 'no topic' }]), 3000);
    expect(trial).toMatchObject({ state: 'failed', endedMs: 3000, problem: { message: 'no topic' } });
  });

  it('is done when the stream ends', () => {
    expect(endedTrial(run(['values', { a: 1 }]), 3000).state).toBe('done');
  });

  it('ignores what people wrote, unknown events and broken data', () => {
    const trial = run(chunk('h', 'Hi', 'human'), ['heartbeat', 1], ['messages', null], ['messages', []]);
    expect(trialEvent(trial, 'values', '{"a":')).toEqual(startedTrial(1000));
  });
});
