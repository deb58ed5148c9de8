import { describe, expect, it } from 'vitest';
import { aCron } from '@/lib/crons/a-cron.test-data';
import { payloadLines, whenBusy } from './payload-lines';

const labels = (payload: Record<string, unknown>) =>
  payloadLines(aCron({ payload })).map(({ label, text }) => `${label}: ${text}`);

describe('what a cron sends, in words', () => {
  it('is the message alone where nothing else was set', () => {
    expect(labels({ input: { messages: [{ role: 'user', content: 'Good morning' }] } })).toEqual([
      'Message: Good morning',
    ]);
  });

  it('shows other input as JSON and says when there is none', () => {
    expect(labels({ input: { topic: 'x' } })[0]).toContain('"topic": "x"');
    expect(labels({})).toEqual(['Input: nothing']);
  });

  it('names everything that was set, and what is not known too', () => {
    const said = labels({
      input: null,
      config: { recursion_limit: 30, tags: ['a', 'b'], configurable: { model: 'm' }, odd: 1 },
      webhook: 'https://hooks.example.com/x',
      interrupt_before: '*',
      future_field: true,
    }).join('\n');
    for (const part of [
      'Step limit: 30',
      'Run tags: a, b',
      '"model"',
      'Webhook: https://hooks.example.com/x',
      'Stops before: every node',
      '"odd"',
      '"future_field"',
    ]) {
      expect(said).toContain(part);
    }
  });

  it('tells in words what happens when the thread is busy', () => {
    expect(whenBusy(aCron({ payload: { multitask_strategy: 'enqueue' } }))).toBe('waits its turn');
    expect(whenBusy(aCron({ payload: {} }))).toBeNull();
  });
});
