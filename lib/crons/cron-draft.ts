import { z } from 'zod';
import { readJson } from './draft-json';
import { mostKeepDays } from './keep-days';

const guid = (message: string) => z.guid({ error: message });

/** JSON is kept as the text a person typed, so half-written JSON survives every step; '' means "not set". */
const jsonObjectText = (what: string) =>
  z.string().superRefine((text, context) => {
    const read = readJson(text);
    if (read.kind === 'blank') return;
    if (read.kind === 'broken')
      context.addIssue({ code: 'custom', message: `${what} is not valid JSON: ${read.message}` });
    else if (!read.isObject)
      context.addIssue({ code: 'custom', message: `${what} must be a JSON object, like {"key": "value"}.` });
  });

const inputText = z.string().superRefine((text, context) => {
  const read = readJson(text);
  if (read.kind === 'blank')
    context.addIssue({ code: 'custom', message: 'Write the input, or choose to send none.' });
  else if (read.kind === 'broken')
    context.addIssue({ code: 'custom', message: `The input is not valid JSON: ${read.message}` });
  else if (!read.isObject && !read.isObjectList)
    context.addIssue({ code: 'custom', message: 'The input must be a JSON object or a list of objects.' });
});

const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new-thread'), afterRun: z.enum(['delete', 'keep']) }),
  z.object({ kind: z.literal('thread'), threadId: guid('Choose the thread the runs should go to.') }),
  /** A thread that is made together with the cron and then used by every run. */
  z.object({ kind: z.literal('reused-thread') }),
]);

const inputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('message'),
    text: z.string().refine((text) => text.trim() !== '', 'Write what the agent should do.'),
  }),
  z.object({ kind: z.literal('json'), text: inputText }),
]);

const endSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('at'), atMs: z.int({ error: 'Give the end as a date and a time.' }) }),
  /** What an existing cron holds and no date can be read from; it is only ever left alone or overwritten. */
  z.object({ kind: z.literal('unreadable'), text: z.string() }),
]);

const stopsSchema = z.union([z.literal('*'), z.array(z.string().min(1))]);

export const multitaskStrategies = ['enqueue', 'reject', 'interrupt', 'rollback'] as const;
export const durabilities = ['async', 'sync', 'exit'] as const;
export const streamModes = [
  'values',
  'updates',
  'messages',
  'messages-tuple',
  'tasks',
  'checkpoints',
  'events',
  'debug',
  'custom',
] as const;
/** Sentences rarely need more than three; the limit keeps one click from making a flood. */
export const maxSchedules = 12;

const passedThrough = z.record(z.string(), z.unknown());

/** Types and rules of each field by itself; what needs the schedule module or several fields is in valid-draft.ts. */
export const cronDraftShape = z.object({
  assistantId: guid('Choose the assistant that should run.'),
  name: z.string().max(200, 'Keep the name under 200 characters.'),
  description: z.string().max(2000, 'Keep the description under 2,000 characters.'),
  tags: z
    .array(z.string().min(1).max(60, 'Keep each tag under 60 characters.'))
    .max(30, 'Use at most 30 tags.'),
  schedules: z
    .array(z.string())
    .min(1, 'Say when it should run.')
    .max(
      maxSchedules,
      `This needs more than ${maxSchedules} crons. Use a simpler rhythm, or make them in two steps.`,
    ),
  zone: z.string(),
  paused: z.boolean(),
  end: endSchema,
  target: targetSchema,
  /** Of a new thread that is kept: days until it is deleted once it was measured; null: it stays. */
  keepDays: z
    .number({ error: 'Say for how many days.' })
    .min(0, 'The days cannot be fewer than 0.')
    .max(mostKeepDays, `Keep threads for at most ${mostKeepDays} days, or for good.`)
    .nullable(),
  input: inputSchema,
  configurable: jsonObjectText('The configuration'),
  context: jsonObjectText('The context'),
  metadata: jsonObjectText('The metadata'),
  runTags: z.array(z.string().min(1)),
  recursionLimit: z
    .int({ error: 'The step limit is a whole number.' })
    .min(1, 'The step limit is at least 1.')
    .max(1_000_000, 'The step limit is at most 1,000,000.')
    .nullable(),
  webhook: z.string().superRefine((text, context) => {
    const problem = webhookProblem(text);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  }),
  /** Runs report their end to Crondeck, which passes the report on to the webhook above. */
  report: z.boolean(),
  interruptBefore: stopsSchema,
  interruptAfter: stopsSchema,
  multitask: z.enum(multitaskStrategies).nullable(),
  durability: z.enum(durabilities).nullable(),
  streamModes: z.array(z.enum(streamModes)),
  streamSubgraphs: z.boolean(),
  streamResumable: z.boolean(),
  /** Parts of the create body and of its config that this form does not know; they are passed through untouched. */
  extra: passedThrough,
  configExtra: passedThrough,
});

/** What the builder's form holds: everything a person can say about one cron, or several made together. */
export type CronDraft = z.infer<typeof cronDraftShape>;
export type CronDraftField = keyof CronDraft;
export const cronDraftFields = Object.keys(cronDraftShape.shape) as readonly CronDraftField[];

const shapeIssues = new Set([
  'invalid_type',
  'invalid_union',
  'invalid_value',
  'unrecognized_keys',
  'invalid_key',
  'invalid_element',
]);

/** Whether a value has the shape of a draft, however unfinished its content: for drafts stored by the browser. */
export function isDraftShape(value: unknown): value is CronDraft {
  const parsed = cronDraftShape.safeParse(value);
  return parsed.success || !parsed.error.issues.some((issue) => shapeIssues.has(issue.code));
}

function webhookProblem(text: string): string | null {
  if (text === '') return null;
  if (text.length > 65_536) return 'The address is longer than a server accepts (65,536 characters).';
  if (text.startsWith('/')) return null;
  if (!URL.canParse(text)) return 'Write a full address, like https://example.com/hook.';
  const { protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:'
    ? null
    : 'The address must start with https:// or http://.';
}

/** A fresh form. `zone` is the viewer's. */
export function emptyDraft(zone: string): CronDraft {
  return {
    assistantId: '',
    name: '',
    description: '',
    tags: [],
    schedules: ['0 9 * * 1-5'],
    zone,
    paused: false,
    end: { kind: 'never' },
    target: { kind: 'new-thread', afterRun: 'keep' },
    keepDays: null,
    input: { kind: 'message', text: '' },
    configurable: '',
    context: '',
    metadata: '',
    runTags: [],
    recursionLimit: null,
    webhook: '',
    report: false,
    interruptBefore: [],
    interruptAfter: [],
    multitask: null,
    durability: null,
    streamModes: [],
    streamSubgraphs: false,
    streamResumable: false,
    extra: {},
    configExtra: {},
  };
}
