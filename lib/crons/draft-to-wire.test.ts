import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCron, anyCron, assistantId, cronId, threadId } from './a-cron.test-data';
import { emptyDraft, isDraftShape, type CronDraft } from './cron-draft';
import { cronToDraft, duplicateDraft } from './cron-to-draft';
import { changedFields, draftDiff } from './draft-diff';
import { draftToWire } from './draft-to-wire';

const capabilities = { timezone: true };
const aDraft = (part: Partial<CronDraft> = {}): CronDraft => ({
  ...emptyDraft('Europe/Berlin'),
  assistantId,
  input: { kind: 'message', text: 'Summarise the news.' },
  ...part,
});

describe('draftToWire', () => {
  it('writes a message cron with nothing but what was said', () => {
    expect(draftToWire(aDraft({ name: ' Morning news ' }), { capabilities })).toEqual([
      {
        threadId: null,
        body: {
          assistant_id: assistantId,
          schedule: '0 9 * * 1-5',
          timezone: 'Europe/Berlin',
          input: { messages: [{ role: 'user', content: 'Summarise the news.' }] },
          on_run_completed: 'keep',
          metadata: { name: 'Morning news' },
        },
      },
    ]);
  });

  it('makes one body for each schedule and says in the metadata which of how many', () => {
    const draft = aDraft({ schedules: ['0 9 * * *', '30 17 * * *'], tags: ['news'] });
    const creates = draftToWire(draft, { capabilities, groupId: 'g-1' });
    expect(creates.map(({ body }) => [body.schedule, body.metadata])).toEqual([
      ['0 9 * * *', { tags: ['news'], crondeck_group: 'g-1', crondeck_part: '1 of 2' }],
      ['30 17 * * *', { tags: ['news'], crondeck_group: 'g-1', crondeck_part: '2 of 2' }],
    ]);
  });

  it('never says what happens to the thread afterwards where the thread stays', () => {
    const [create] = draftToWire(aDraft({ target: { kind: 'thread', threadId } }), { capabilities });
    expect(create?.threadId).toBe(threadId);
    expect(create?.body).not.toHaveProperty('on_run_completed');
  });

  it('leaves the zone out for a server that does not know it', () => {
    const [create] = draftToWire(aDraft({ zone: 'UTC' }), { capabilities: { timezone: false } });
    expect(create?.body).not.toHaveProperty('timezone');
  });

  it('writes all advanced fields under their names on the wire', () => {
    const draft = aDraft({
      paused: true,
      end: { kind: 'at', atMs: Date.UTC(2027, 0, 1) },
      configurable: '{"model": "large"}',
      runTags: ['nightly'],
      recursionLimit: 50,
      webhook: 'https://example.com/hook',
      interruptBefore: '*',
      interruptAfter: ['write'],
      multitask: 'reject',
      durability: 'sync',
      streamModes: ['updates'],
      streamSubgraphs: true,
      streamResumable: true,
    });
    expect(draftToWire(draft, { capabilities })[0]?.body).toMatchObject({
      enabled: false,
      end_time: '2027-01-01T01:00:00+01:00',
      config: { configurable: { model: 'large' }, tags: ['nightly'], recursion_limit: 50 },
      webhook: 'https://example.com/hook',
      interrupt_before: '*',
      interrupt_after: ['write'],
      multitask_strategy: 'reject',
      durability: 'sync',
      stream_mode: ['updates'],
      stream_subgraphs: true,
      stream_resumable: true,
    });
  });

  it('copies any cron to one that opens as the same draft', () => {
    fc.assert(
      fc.property(anyCron, (cron) => {
        const draft = cronToDraft(cron);
        const { threadId: onThread, body } = draftToWire(draft, { capabilities })[0]!;
        const {
          metadata,
          schedule,
          timezone,
          enabled,
          end_time: end,
          on_run_completed: _after,
          ...payload
        } = body;
        const copy = aCron({
          target: onThread ? { kind: 'thread', threadId } : cron.target,
          schedule,
          zone: timezone ?? 'UTC',
          enabled: enabled ?? true,
          end: end === undefined ? { kind: 'never' } : { kind: 'at', atMs: Date.parse(end), text: end },
          metadata: metadata ?? {},
          payload,
        });
        const readable =
          draft.end.kind === 'unreadable' ? { ...draft, end: { kind: 'never' as const } } : draft;
        expect([...changedFields(readable, cronToDraft(copy))]).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('cronToDraft', () => {
  it('shows one plain message as a message and anything more as JSON', () => {
    const inputOf = (input: unknown) => cronToDraft(aCron({ payload: { input } })).input.kind;
    expect(inputOf({ messages: [{ role: 'human', content: 'Hi' }] })).toBe('message');
    expect(inputOf({ messages: [{ role: 'user', content: 'Hi', id: '1' }] })).toBe('json');
    expect(inputOf({ messages: [{ role: 'user', content: 'Hi' }], topic: 'x' })).toBe('json');
    expect(inputOf([{ a: 1 }])).toBe('json');
    expect(inputOf(null)).toBe('none');
  });

  it("leaves out what the server and Crondeck stamp, so a copy does not carry the original's id", () => {
    const cron = aCron({
      metadata: { crondeck_cron: cronId, crondeck_group: 'g', crondeck_part: '1 of 2', owner: 'ops' },
      payload: {
        config: { configurable: { cron_id: cronId, langgraph_auth_user_id: 'u' } },
        schedule: 'old',
        langgraph_auth_user: {},
      },
    });
    const draft = duplicateDraft(cron);
    expect(draft).toMatchObject({ configurable: '', extra: {}, paused: true });
    expect(JSON.parse(draft.metadata)).toEqual({ owner: 'ops' });
  });
});

describe('isDraftShape', () => {
  it('takes a half-finished draft and refuses another shape', () => {
    expect(isDraftShape(aDraft({ assistantId: '', configurable: '{"a":', schedules: [] }))).toBe(true);
    expect(isDraftShape({ ...aDraft(), tags: 'news' })).toBe(false);
    expect(isDraftShape({ ...aDraft(), target: { kind: 'moon' } })).toBe(false);
    expect(isDraftShape(null)).toBe(false);
  });
});

describe('draftDiff', () => {
  it('tells each changed field with its value before and after, and nothing else', () => {
    const before = aDraft({ configurable: '{"a":1,"b":2}' });
    const after = aDraft({
      configurable: '{ "b": 2, "a": 1 }',
      zone: 'UTC',
      end: { kind: 'at', atMs: Date.UTC(2027, 0, 1) },
      paused: true,
    });
    expect(draftDiff(before, after)).toEqual([
      { field: 'zone', label: 'Time zone', before: 'Europe/Berlin', after: 'UTC' },
      { field: 'paused', label: 'Paused', before: 'no', after: 'yes' },
      { field: 'end', label: 'Ends', before: 'never', after: '2027-01-01 00:00 UTC' },
    ]);
  });
});
