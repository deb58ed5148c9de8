import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { cronToDraft } from '@/lib/crons/cron-to-draft';

/** One thing the cron sends or sets: `text` as somebody would read it, `mono` where it is code. */
export type PayloadLine = { readonly label: string; readonly text: string; readonly mono: boolean };

const pretty = (value: unknown) => JSON.stringify(value, null, 2);
const hasKeys = (object: JsonObject) => Object.keys(object).length > 0;

/** What each run gets, most important first, in words; what nobody set is left out. */
export function payloadLines(cron: Cron): readonly PayloadLine[] {
  const draft = cronToDraft(cron);
  const lines: (PayloadLine | null)[] = [
    inputLine(draft.input),
    code('Configuration', draft.configurable),
    code('Context', draft.context),
    words('Run tags', draft.runTags.join(', ')),
    words('Step limit', draft.recursionLimit === null ? '' : String(draft.recursionLimit)),
    code('Webhook', draft.webhook),
    words('Reports', draft.report ? 'its end to Crondeck' : ''),
    words('Stops before', nodes(draft.interruptBefore)),
    words('Stops after', nodes(draft.interruptAfter)),
    words('Durability', draft.durability ?? ''),
    words('Streams', draft.streamModes.join(', ')),
    hasKeys(draft.configExtra) ? code('Other configuration', pretty(draft.configExtra)) : null,
    hasKeys(draft.extra) ? code('Other fields', pretty(draft.extra)) : null,
  ];
  return lines.filter((line) => line !== null && line.text !== '') as readonly PayloadLine[];
}

function inputLine(input: CronDraft['input']): PayloadLine {
  switch (input.kind) {
    case 'message':
      return { label: 'Message', text: input.text, mono: false };
    case 'json':
      return { label: 'Input', text: input.text, mono: true };
    case 'none':
      return { label: 'Input', text: 'nothing', mono: false };
  }
}

function words(label: string, text: string): PayloadLine {
  return { label, text, mono: false };
}

function code(label: string, text: string): PayloadLine {
  return { label, text, mono: true };
}

function nodes(stops: CronDraft['interruptBefore']): string {
  return stops === '*' ? 'every node' : stops.join(', ');
}

const busyWords: Readonly<Record<NonNullable<CronDraft['multitask']>, string>> = {
  enqueue: 'waits its turn',
  reject: 'is left out',
  interrupt: 'stops the run before it',
  rollback: 'undoes the run before it',
};

/** What a run does when its thread is still busy with the one before; null where the server decides. */
export function whenBusy(cron: Cron): string | null {
  const { multitask } = cronToDraft(cron);
  return multitask === null ? null : busyWords[multitask];
}
