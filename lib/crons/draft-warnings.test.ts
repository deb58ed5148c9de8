import { describe, expect, it } from 'vitest';
import { assistantId, threadId } from './a-cron.test-data';
import { emptyDraft, type CronDraft } from './cron-draft';
import { previewDraft } from './draft-preview';
import { draftWarnings } from './draft-warnings';
import { hostReach } from './private-host';
import type { WarningFacts } from './warnings/warning';

const nowMs = Date.UTC(2026, 10, 21, 8);

function warn(part: Partial<CronDraft>, facts: Partial<WarningFacts> = {}) {
  const draft: CronDraft = {
    ...emptyDraft('UTC'),
    assistantId,
    schedules: ['5 9 * * *'],
    input: { kind: 'message', text: 'Hi' },
    ...part,
  };
  const preview = previewDraft(draft, nowMs, { secondsFirst: false, hour12: false });
  const nothing = { runMs: null, costAMonth: null, budgetAMonth: null, misfits: [], serverKnowsZones: true };
  return { draft, found: draftWarnings(draft, { preview, nowMs, viewerZone: 'UTC', ...nothing, ...facts }) };
}
const codes = (...args: Parameters<typeof warn>) => warn(...args).found.map((one) => one.code);
const dear = { amount: 80, text: '$80' };
const kept: CronDraft['target'] = { kind: 'new-thread', afterRun: 'delete' };

describe('draftWarnings', () => {
  it('has nothing to say about an ordinary cron', () => {
    expect(codes({})).toEqual([]);
  });

  it.each<[string, Partial<CronDraft>, Partial<WarningFacts>]>([
    ['too-often', { schedules: ['*/4 * * * *'] }, {}],
    ['faster-than-run', { schedules: ['*/30 * * * *'] }, { runMs: 40 * 60_000 }],
    ['never', { schedules: ['0 0 30 2 *'] }, {}],
    ['ended', { end: { kind: 'at', atMs: nowMs + 1 } }, {}],
    ['rare', { schedules: ['5 9 1 1 *'] }, {}],
    ['either-day', { schedules: ['5 9 13 * 5'] }, {}],
    ['uneven-step', { schedules: ['*/7 9 * * *'] }, {}],
    ['full-hour', { schedules: ['0 9 * * *'] }, {}],
    ['context-and-configuration', { context: '{"a":1}', configurable: '{"b":2}' }, {}],
    ['private-webhook', { webhook: 'http://192.168.1.7/hook' }, {}],
    ['private-webhook', { webhook: 'http://localhost:3000/hook' }, {}],
    ['webhook-empty', { webhook: 'https://example.com/hook', target: kept }, {}],
    ['stop-deleted', { interruptBefore: ['write'], target: kept }, {}],
    ['endless', {}, { costAMonth: dear }],
    ['endless', { schedules: ['*/10 * * * *'] }, {}],
    ['over-budget', {}, { costAMonth: dear, budgetAMonth: { amount: 50, text: '$50' } }],
    ['no-input', { input: { kind: 'none' } }, {}],
    ['no-input', { input: { kind: 'none' }, target: { kind: 'new-thread', afterRun: 'keep' } }, {}],
    ['input-misfit', {}, { misfits: ['Missing: "topic".'] }],
    ['utc-only', {}, { serverKnowsZones: false }],
    ['clock-change-moved', { schedules: ['30 2 * * *'], zone: 'Europe/Berlin' }, {}],
    ['clock-change-twice', { schedules: ['30 2 * * *'], zone: 'Europe/Berlin' }, {}],
    ['clock-change-utc-shift', { zone: 'Europe/Berlin' }, {}],
  ])('warns of %s', (code, part, facts) => {
    expect(codes(part, facts)).toContain(code);
  });

  it.each<[string, Partial<CronDraft>, Partial<WarningFacts>]>([
    ['too-often', { schedules: ['*/5 * * * *'] }, {}],
    ['faster-than-run', { schedules: ['*/30 * * * *'] }, { runMs: 20 * 60_000 }],
    ['context-and-configuration', { context: '{"a":1}', configurable: '{}' }, {}],
    ['private-webhook', { webhook: 'https://example.com/hook' }, {}],
    ['endless', { end: { kind: 'at', atMs: nowMs + 1e10 } }, { costAMonth: dear }],
    ['stop-deleted', { interruptBefore: ['write'], target: { kind: 'thread', threadId } }, {}],
    ['rare', { schedules: ['5 9 1 */6 *'] }, {}],
    ['no-input', { input: { kind: 'json', text: '{}' } }, {}],
    ['no-input', { input: { kind: 'none' }, target: { kind: 'thread', threadId } }, {}],
    ['clock-change-utc-shift', { zone: 'Europe/Berlin' }, { viewerZone: 'Europe/Berlin' }],
    ['clock-change-moved', { schedules: ['30 * * * *'], zone: 'Europe/Berlin' }, {}],
  ])('does not warn of %s without need', (code, part, facts) => {
    expect(codes(part, facts)).not.toContain(code);
  });

  it('offers ways out that really resolve what they stand beside', () => {
    const drafts: Partial<CronDraft>[] = [
      { schedules: ['* * * * *'] },
      { schedules: ['0 9 * * *'] },
      { end: { kind: 'at', atMs: nowMs + 1 } },
      { context: '{"a":1}', configurable: '{"b":2}' },
      { input: { kind: 'none' } },
      { webhook: 'http://10.0.0.1/' },
      { interruptBefore: '*', target: kept, webhook: 'https://example.com' },
      { schedules: ['*/10 * * * *'] },
      { schedules: ['5-5 9 * * *'] },
      { schedules: ['59/15 9 * * *'] },
      { schedules: ['30 2 * * *'], zone: 'Europe/Berlin' },
    ];
    for (const part of drafts) {
      const { draft, found } = warn(part);
      expect(found.flatMap((one) => one.fixes).length).toBeGreaterThan(0);
      for (const { code, fixes } of found)
        for (const { change } of fixes) expect(codes({ ...draft, ...change })).not.toContain(code);
    }
  });
});

describe('hostReach', () => {
  it.each([
    ['https://example.com/x', 'public'],
    ['https://8.8.8.8/', 'public'],
    ['http://127.0.0.1:3000', 'loopback'],
    ['http://[::1]/', 'loopback'],
    ['http://0.0.0.0/', 'loopback'],
    ['http://app.localhost/', 'loopback'],
    ['http://10.1.2.3/', 'private'],
    ['http://169.254.169.254/latest', 'private'],
    ['http://[fd00::1]/', 'private'],
    ['http://[::ffff:192.168.0.1]/', 'private'],
    ['http://2130706433/', 'loopback'],
    ['http://queue.internal/', 'private'],
    ['http://worker/', 'private'],
    ['/hooks/local', 'public'],
  ])('%s is %s', (address, reach) => {
    expect(hostReach(address)).toBe(reach);
  });
});
