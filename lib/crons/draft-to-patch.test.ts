import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCron, anyCron, assistantId, cronId, threadId } from './a-cron.test-data';
import type { Cron } from './cron';
import type { CronDraft } from './cron-draft';
import { cronToDraft } from './cron-to-draft';
import { draftToPatch } from './draft-to-patch';
import { reportMark } from './report-address';
import { keepDaysKey } from './reserved-metadata';

const can = { patch: true, timezone: true };

function edit(cron: Cron, change: Partial<CronDraft>) {
  const opened = cronToDraft(cron);
  return draftToPatch(cron, opened, { ...opened, ...change }, can);
}
function bodyOf(cron: Cron, change: Partial<CronDraft>) {
  const patch = edit(cron, change);
  if (patch.kind !== 'patch') throw new Error(`expected a patch, got ${patch.kind}`);
  return patch.body;
}

/** What a server holds after a PATCH: the body laid over the payload, metadata merged or replaced. */
function patched(cron: Cron, body: Record<string, unknown>, metadataIs: 'merged' | 'replaced'): Cron {
  const { metadata, schedule, timezone, enabled, end_time: end, on_run_completed: after, ...payload } = body;
  const atMs = typeof end === 'string' ? Date.parse(end) : 0;
  return {
    ...cron,
    ...(schedule !== undefined && { schedule: String(schedule) }),
    ...(timezone !== undefined && { zone: String(timezone) }),
    ...(enabled !== undefined && { enabled: enabled === true }),
    ...(end !== undefined && {
      end: end === null ? { kind: 'never' } : { kind: 'at', atMs, text: String(end) },
    }),
    ...(after !== undefined && {
      target: { kind: 'new-thread', afterRun: after === 'keep' ? 'keep' : 'delete' },
    }),
    ...(metadata !== undefined && {
      metadata:
        metadataIs === 'merged'
          ? { ...cron.metadata, ...(metadata as object) }
          : (metadata as Cron['metadata']),
    }),
    payload: { ...cron.payload, ...payload },
  };
}

describe('draftToPatch', () => {
  it('sends nothing when any cron is opened and saved unchanged', () => {
    fc.assert(
      fc.property(anyCron, (cron) => {
        expect(edit(cron, {}).kind).toBe('unchanged');
        const throughJson = JSON.parse(JSON.stringify(cronToDraft(cron))) as CronDraft;
        expect(draftToPatch(cron, cronToDraft(cron), throughJson, can).kind).toBe('unchanged');
      }),
      { numRuns: 500 },
    );
  });

  it('changes what was changed and keeps every field this form does not know', () => {
    const change: fc.Arbitrary<Partial<CronDraft>> = fc.record(
      {
        name: fc.constantFrom('New name', ''),
        schedules: fc.constant(['30 6 * * *']),
        zone: fc.constant('Asia/Tokyo'),
        paused: fc.boolean(),
        end: fc.constantFrom<CronDraft['end']>({ kind: 'never' }, { kind: 'at', atMs: Date.UTC(2027, 0, 1) }),
        input: fc.constant<CronDraft['input']>({ kind: 'message', text: 'Do it.' }),
        configurable: fc.constantFrom('{"model": "large"}', ''),
        interruptBefore: fc.constantFrom<CronDraft['interruptBefore']>([], ['node'], '*'),
        durability: fc.constantFrom<CronDraft['durability']>(null, 'sync'),
        streamModes: fc.constantFrom<CronDraft['streamModes']>([], ['updates']),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        anyCron,
        change,
        fc.constantFrom('merged' as const, 'replaced' as const),
        (cron, wanted, metadataIs) => {
          const before = cronToDraft(cron);
          const patch = draftToPatch(cron, before, { ...before, ...wanted }, can);
          if (patch.kind === 'unchanged') return;
          if (patch.kind !== 'patch') throw new Error(patch.kind);
          const after = cronToDraft(patched(cron, patch.body, metadataIs));
          // Unset fields are sent as the server's default, and that is then what is stored.
          const settled = { ...after, ...(wanted.durability === null && { durability: null }) };
          if (wanted.streamModes?.length === 0) settled.streamModes = [];
          expect(draftToPatch(cron, settled, { ...before, ...wanted }, can).kind).toBe('unchanged');
          for (const key of ['if_not_exists', 'langsmith_tracer'])
            expect(after.extra[key]).toEqual(before.extra[key]);
          expect(after.configExtra.callbacks).toEqual(before.configExtra.callbacks);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('sends only the end when only the end was changed', () => {
    const atMs = Date.UTC(2027, 0, 31, 23);
    expect(bodyOf(aCron(), { end: { kind: 'at', atMs } })).toEqual({ end_time: '2027-02-01T00:00:00+01:00' });
    const ending = aCron({ end: { kind: 'at', atMs, text: '2027-01-31T23:00:00Z' } });
    expect(bodyOf(ending, { end: { kind: 'never' } })).toEqual({ end_time: null });
  });

  it('gives the schedule again when it resumes, so that no missed run is caught up', () => {
    expect(bodyOf(aCron({ enabled: false }), { paused: false })).toEqual({
      enabled: true,
      schedule: '0 9 * * 1-5',
    });
    expect(bodyOf(aCron(), { paused: true })).toEqual({ enabled: false });
  });

  it('sends the whole payload when one part of it changes', () => {
    const cron = aCron({
      payload: {
        input: { topic: 'news' },
        webhook: 'https://example.com/hook',
        config: { configurable: { model: 'small', cron_id: cronId }, callbacks: ['x'] },
        if_not_exists: 'create',
      },
    });
    expect(bodyOf(cron, { configurable: '{"model": "large"}' })).toEqual({
      input: { topic: 'news' },
      webhook: 'https://example.com/hook',
      config: { configurable: { model: 'large' }, callbacks: ['x'] },
      if_not_exists: 'create',
    });
  });

  it('empties metadata keys that a server cannot remove and keeps its own', () => {
    const cron = aCron({ metadata: { name: 'A', owner: 'ops', crondeck_cron: cronId, crondeck_group: 'g' } });
    expect(bodyOf(cron, { name: '' })).toEqual({
      metadata: { name: null, owner: 'ops', crondeck_cron: cronId, crondeck_group: 'g' },
    });
  });

  it('changes deleted to kept in place', () => {
    const cron = aCron({ target: { kind: 'new-thread', afterRun: 'delete' } });
    expect(bodyOf(cron, { target: { kind: 'new-thread', afterRun: 'keep' } })).toEqual({
      on_run_completed: 'keep',
    });
  });

  it.each<[string, Partial<CronDraft>, CronDraft['schedules'][number]]>([
    ['the assistant', { assistantId: threadId }, 'assistantId'],
    ['the thread', { target: { kind: 'thread', threadId } }, 'target'],
    ['to a thread made now', { target: { kind: 'reused-thread' } }, 'target'],
    ['the input, by removing it', { input: { kind: 'none' } }, 'input'],
    ['the webhook, by removing it', { webhook: '' }, 'webhook'],
    ['the context, by removing it', { context: '' }, 'context'],
    ['one expression into two', { schedules: ['0 9 * * *', '30 17 * * *'] }, 'schedules'],
  ])('asks for a replacement to change %s', (_case, change, field) => {
    const cron = aCron({
      payload: { input: { a: 1 }, webhook: 'https://example.com', context: { user: 'x' } },
      assistantId,
    });
    const patch = edit(cron, change);
    expect(patch.kind).toBe('replace');
    expect(patch.kind === 'replace' && patch.reasons.map((reason) => reason.field)).toEqual([field]);
  });

  it('asks for a replacement of any change where the server has no PATCH', () => {
    const opened = cronToDraft(aCron());
    const patch = draftToPatch(aCron(), opened, { ...opened, name: 'B' }, { patch: false, timezone: true });
    expect(patch).toMatchObject({ kind: 'replace', reasons: [{ field: null }] });
  });

  it("keeps a colleague's change to another field and reports one to the same field", () => {
    const opened = cronToDraft(aCron());
    const current = aCron({ schedule: '0 7 * * *', metadata: { name: 'Renamed' } });
    expect(draftToPatch(current, opened, { ...opened, zone: 'UTC' }, can)).toEqual({
      kind: 'patch',
      body: { timezone: 'UTC' },
    });
    expect(draftToPatch(current, opened, { ...opened, name: 'Mine' }, can)).toMatchObject({
      kind: 'conflict',
      fields: ['name'],
    });
    expect(draftToPatch(current, opened, { ...opened, name: 'Renamed' }, can)).toEqual({ kind: 'unchanged' });
  });

  it('asks for threads to be deleted once measured in the metadata, and takes it back there', () => {
    const kept = aCron();
    expect(bodyOf(kept, { keepDays: 7 })).toEqual({
      metadata: { ...kept.metadata, [keepDaysKey]: 7 },
    });
    const measured = aCron({ metadata: { name: 'Morning news', [keepDaysKey]: 7 } });
    expect(cronToDraft(measured)).toMatchObject({ keepDays: 7, metadata: '' });
    expect(bodyOf(measured, { keepDays: null })).toEqual({
      metadata: { name: 'Morning news', [keepDaysKey]: null },
    });
  });

  it('marks a webhook that is to report to Crondeck, which the server then signs', () => {
    const cron = aCron({ payload: { ...aCron().payload, webhook: 'https://team.example/hook' } });
    expect(bodyOf(cron, { report: true })).toMatchObject({
      webhook: `${reportMark}https://team.example/hook`,
    });
  });

  it('needs a new cron where neither a webhook nor reports are left', () => {
    const claims = btoa(JSON.stringify({ deployment: 'default', forwardTo: null })).replaceAll('=', '');
    const address = `https://deck.example/below/api/hooks/${claims}.${'a'.repeat(43)}`;
    const cron = aCron({ payload: { ...aCron().payload, webhook: address } });
    expect(cronToDraft(cron)).toMatchObject({ webhook: '', report: true });
    expect(edit(cron, { report: false })).toMatchObject({ kind: 'replace', reasons: [{ field: 'webhook' }] });
    expect(bodyOf(cron, { report: false, webhook: 'https://team.example/hook' })).toMatchObject({
      webhook: 'https://team.example/hook',
    });
  });
});
