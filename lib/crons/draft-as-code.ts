import type { JsonObject } from './cron';
import type { CronCreate } from './draft-to-wire';

export type CodeLanguage = 'python' | 'javascript' | 'curl';

type Options = {
  /** Address of the deployment, without key. */
  readonly url: string;
  /** True where the thread has yet to be made by the code itself. */
  readonly makesThread: boolean;
};

/** Arguments the SDKs know by name (JS 1.12, Python 0.4), in wire spelling. Others can only be sent by plain HTTP. */
const sdkFields = new Set([
  'schedule',
  'timezone',
  'end_time',
  'enabled',
  'input',
  'metadata',
  'config',
  'context',
  'webhook',
  'interrupt_before',
  'interrupt_after',
  'on_run_completed',
  'multitask_strategy',
  'durability',
  'stream_mode',
  'stream_subgraphs',
  'stream_resumable',
]);

/** The same crons as a program somebody can run: complete, with the key read from the environment. */
export function draftAsCode(
  creates: readonly CronCreate[],
  language: CodeLanguage,
  options: Options,
): string {
  switch (language) {
    case 'python':
      return python(creates, options);
    case 'javascript':
      return javascript(creates, options);
    case 'curl':
      return curl(creates, options);
  }
}

function split(body: JsonObject): {
  known: readonly (readonly [string, unknown])[];
  unknown: readonly string[];
} {
  const entries = Object.entries(body).filter(([key]) => key !== 'assistant_id');
  return {
    known: entries.filter(([key]) => sdkFields.has(key)),
    unknown: entries.filter(([key]) => !sdkFields.has(key)).map(([key]) => key),
  };
}

function unsaid(keys: readonly string[], mark: string): readonly string[] {
  return keys.length === 0
    ? []
    : [`${mark} Not known to the SDK, so not sent: ${keys.map(oneLine).join(', ')}`];
}

function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function camel(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function indent(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`);
}

function javascript(creates: readonly CronCreate[], options: Options): string {
  const calls = creates.flatMap(({ threadId, body }) => {
    const { known, unknown } = split(body);
    const args = known.map(
      ([key, value]) => `  ${camel(key)}: ${indent(JSON.stringify(value, null, 2), '  ')},`,
    );
    const assistant = JSON.stringify(body.assistant_id);
    const onThread = threadId !== null || options.makesThread;
    const thread = threadId === null ? 'thread.thread_id' : JSON.stringify(threadId);
    const open = onThread
      ? `client.crons.createForThread(${thread}, ${assistant}, {`
      : `client.crons.create(${assistant}, {`;
    return [...unsaid(unknown, '//'), `crons.push(await ${open}`, ...args, '}));'];
  });
  return [
    'import { Client } from "@langchain/langgraph-sdk";',
    '',
    '// The key is read from LANGSMITH_API_KEY.',
    `const client = new Client({ apiUrl: ${JSON.stringify(options.url)} });`,
    'const crons = [];',
    ...(options.makesThread ? ['const thread = await client.threads.create();'] : []),
    ...calls,
    'console.log(crons.map((cron) => cron.cron_id));',
    '',
  ].join('\n');
}

function python(creates: readonly CronCreate[], options: Options): string {
  const needsDate = creates.some(({ body }) => body.end_time !== undefined);
  const calls = creates.flatMap(({ threadId, body }) => {
    const { known, unknown } = split(body);
    const args = known.map(
      ([key, value]) => `        ${key}=${indent(pythonArgument(key, value), '        ')},`,
    );
    const assistant = `        ${pythonLiteral(body.assistant_id)},`;
    const onThread = threadId !== null || options.makesThread;
    const thread = threadId === null ? 'thread["thread_id"]' : pythonLiteral(threadId);
    const open = onThread ? ['create_for_thread(', `        ${thread},`] : ['create('];
    return [
      ...unsaid(unknown, '    #'),
      `    crons.append(await client.crons.${open[0]}`,
      ...open.slice(1),
      assistant,
      ...args,
      '    ))',
    ];
  });
  return [
    'import asyncio',
    ...(needsDate ? ['from datetime import datetime'] : []),
    'from langgraph_sdk import get_client',
    '',
    '',
    'async def main():',
    '    # The key is read from LANGSMITH_API_KEY.',
    `    client = get_client(url=${pythonLiteral(options.url)})`,
    '    crons = []',
    ...(options.makesThread ? ['    thread = await client.threads.create()'] : []),
    ...calls,
    '    print([cron["cron_id"] for cron in crons])',
    '',
    '',
    'asyncio.run(main())',
    '',
  ].join('\n');
}

function pythonArgument(key: string, value: unknown): string {
  if (key !== 'end_time' || typeof value !== 'string') return pythonLiteral(value);
  return `datetime.fromisoformat(${pythonLiteral(value)})`;
}

/** A JSON value as Python source, laid out like JSON. */
export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'number') return JSON.stringify(value);
  if (Array.isArray(value)) return block('[', value.map(pythonLiteral), ']');
  return block(
    '{',
    Object.entries(value).map(([key, item]) => `${pythonString(key)}: ${pythonLiteral(item)}`),
    '}',
  );
}

function block(open: string, items: readonly string[], close: string): string {
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => `    ${indent(item, '    ')},`).join('\n')}\n${close}`;
}

/** JSON's escapes mean the same in Python, except that half a surrogate pair must stay escaped. */
function pythonString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

function curl(creates: readonly CronCreate[], options: Options): string {
  const base = options.url.replace(/\/+$/, '');
  const post = (path: string, body: unknown) =>
    [
      `curl --fail-with-body -X POST ${shellQuote(base)}${path} \\`,
      '  -H "Content-Type: application/json" \\',
      '  -H "X-Api-Key: $LANGSMITH_API_KEY" \\',
      `  --data ${shellQuote(JSON.stringify(body, null, 2))}`,
    ].join('\n');
  const thread = options.makesThread
    ? [`THREAD_ID=$(${post('/threads', {})} | sed 's/.*"thread_id": *"\\([^"]*\\)".*/\\1/')`]
    : [];
  const calls = creates.map(({ threadId, body }) => {
    if (threadId !== null) return post(`/threads/${threadId}/runs/crons`, body);
    return post(options.makesThread ? '/threads/"$THREAD_ID"/runs/crons' : '/runs/crons', body);
  });
  return `${[...thread, ...calls].join('\n\n')}\n`;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
