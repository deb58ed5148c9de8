import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyDraft } from '@/lib/crons/cron-draft';
import { draftKey, readStoredDraft, storeDraft } from './stored-draft';

const kept = new Map<string, string>();
const draft = { ...emptyDraft('UTC'), name: 'Half', configurable: '{"a":' };

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('a kept draft', () => {
  it('comes back as it was, half-written JSON and half a sentence included', () => {
    const stored = { draft, opened: null, sentence: 'every weekd' };
    storeDraft('k', stored);
    expect(readStoredDraft('k')).toEqual(stored);
    storeDraft('k', null);
    expect(readStoredDraft('k')).toBeNull();
  });

  it.each([
    ['text that is not JSON', '{'],
    ['another shape', '{"draft": {"name": 1}}'],
    ['a draft of an older version', JSON.stringify({ draft: { ...draft, target: { kind: 'moon' } } })],
    ['nothing', 'null'],
  ])('is ignored where there is %s', (_case, text) => {
    kept.set('k', text);
    expect(readStoredDraft('k')).toBeNull();
  });

  it('breaks nothing where the browser forbids storage', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('SecurityError');
      },
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    });
    storeDraft('k', { draft, opened: null, sentence: '' });
    expect(readStoredDraft('k')).toBeNull();
  });

  it('of one form never takes the place of another', () => {
    const keys = [
      draftKey('local', 'new'),
      draftKey('local', 'copy:1'),
      draftKey('local', 'edit:1'),
      draftKey('prod', 'new'),
    ];
    expect(new Set(keys).size).toBe(4);
  });
});
