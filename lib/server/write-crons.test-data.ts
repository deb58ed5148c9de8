import { aCron, assistantId, cronId, threadId } from '@/lib/crons/a-cron.test-data';
import { emptyDraft, type CronDraft } from '@/lib/crons/cron-draft';
import { cronToDraft } from '@/lib/crons/cron-to-draft';
import { parseCron } from '@/lib/crons/parse-cron';
import { ok, err, type Result } from '@/lib/result';
import type { CronWriting } from './cron-writing';
import type { UpstreamProblem } from './upstream-problem';

const nowMs = Date.UTC(2026, 10, 21, 8);
type Wire = Record<string, unknown> & { cron_id: string };
type Call = readonly [verb: string, subject: string, body?: unknown];

export const refused = (message: string): UpstreamProblem => ({
  code: 'refused',
  status: 422,
  message,
  hint: 'Change it.',
});
export const timeout: UpstreamProblem = { code: 'timeout', message: 'No answer in time.', hint: 'Wait.' };

/** A deployment in memory, and what writing to it needs. `behave` changes what it answers. */
export function aServer(behave: {
  create?: (
    body: Record<string, unknown>,
    nth: number,
  ) => Result<Record<string, unknown>, UpstreamProblem> | null;
  patch?: (id: string, body: Record<string, unknown>) => Result<never, UpstreamProblem> | null;
  remove?: (id: string) => Result<never, UpstreamProblem> | null;
  keepsEndAsText?: boolean;
}) {
  const crons = new Map<string, Wire>();
  const calls: Call[] = [];
  let made = 0;
  const endOf = (text: unknown) =>
    typeof text !== 'string' ? null : behave.keepsEndAsText ? text : new Date(text).toISOString();
  const store = (body: Record<string, unknown>, thread: string | null): Wire => {
    made += 1;
    const id = `0197a1b2-c3d4-7e5f-8a9b-00000000000${made}`;
    const wire = {
      cron_id: id,
      assistant_id: assistantId,
      thread_id: thread,
      schedule: body.schedule,
      timezone: body.timezone ?? null,
      end_time: endOf(body.end_time),
      on_run_completed: body.on_run_completed ?? null,
      enabled: body.enabled ?? true,
      metadata: body.metadata ?? {},
      next_run_date: '2026-11-23T08:00:00+00:00',
      payload: body,
    };
    crons.set(id, wire);
    return wire;
  };
  const parsed = (wire: Wire | undefined) => {
    const read = parseCron(wire);
    return read.ok
      ? ok(read.value)
      : err({ code: 'not-found', status: 404, message: 'Not Found.', hint: 'Gone.' } as UpstreamProblem);
  };
  const create = (thread: string | null, body: Record<string, unknown>) => {
    calls.push(['create', thread ?? 'stateless', body]);
    const told = behave.create?.(body, made + 1);
    if (told && !told.ok && told.error.code === 'refused') return Promise.resolve(told);
    const wire = store(body, thread);
    return Promise.resolve(told ?? ok(wire));
  };
  const client: CronWriting['client'] = {
    createCron: (body) => create(null, body),
    createThreadCron: (thread, body) => create(thread, body),
    createThread: (body) => {
      calls.push(['thread', 'new', body]);
      return Promise.resolve(ok({ thread_id: threadId }));
    },
    searchCrons: () => Promise.resolve(ok([...crons.values()].toReversed())),
    patchCron: (id, body) => {
      calls.push(['patch', id, body]);
      const told = behave.patch?.(id, body);
      if (told) return Promise.resolve(told);
      const before = crons.get(id);
      if (!before) return Promise.resolve(parsed(undefined));
      const { metadata, ...rest } = body as Record<string, unknown>;
      const end = 'end_time' in rest ? { end_time: endOf(rest.end_time) } : {};
      crons.set(id, {
        ...before,
        ...rest,
        ...end,
        metadata: { ...(before.metadata as object), ...(metadata as object) },
      });
      return Promise.resolve(parsed(crons.get(id)));
    },
    deleteCron: (id) => {
      calls.push(['delete', id]);
      const told = behave.remove?.(id);
      if (told) return Promise.resolve(told);
      crons.delete(id);
      return Promise.resolve(ok(null));
    },
  };
  let ids = 0;
  const writing: CronWriting = {
    client,
    capabilities: {
      patch: true,
      enabled: true,
      timezone: true,
      metadataFilter: true,
      getCron: true,
      count: true,
      select: true,
      firings: false,
    },
    reading: 'seconds-last',
    readCron: (id) => Promise.resolve(parsed(crons.get(id))),
    stored: (cron) => calls.push(['stored', cron.cronId]),
    removed: (id) => calls.push(['removed', id]),
    now: () => nowMs,
    newId: () => `id-${(ids += 1)}`,
  };
  const verbs = (...wanted: string[]) =>
    calls.filter(([verb]) => wanted.includes(verb)).map(([verb, subject]) => `${verb} ${subject}`);
  return { writing, calls, crons, verbs, put: (wire: Wire) => crons.set(wire.cron_id, wire) };
}

export const draft = (part: Partial<CronDraft> = {}): CronDraft => ({
  ...emptyDraft('Europe/Berlin'),
  assistantId,
  input: { kind: 'message', text: 'Summarise the news.' },
  ...part,
});
/** The id of the first cron that `aServer` makes. */
export const first = '0197a1b2-c3d4-7e5f-8a9b-000000000001';

/** A cron as it is stored already, and the draft it opens as. */
export const stored: Wire = {
  cron_id: cronId,
  assistant_id: assistantId,
  thread_id: null,
  on_run_completed: 'keep',
  schedule: '0 9 * * 1-5',
  timezone: 'Europe/Berlin',
  end_time: null,
  enabled: true,
  next_run_date: '2026-11-23T08:00:00+00:00',
  metadata: { name: 'Morning news', crondeck_group: 'g', crondeck_part: '1 of 2' },
  payload: { input: { topic: 'news' }, webhook: 'https://example.com/hook' },
};
const storedCron = aCron({ metadata: stored.metadata as never, payload: stored.payload as never });
export const opened = cronToDraft(storedCron);
