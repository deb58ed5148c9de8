import { spawnSync } from 'node:child_process';
import { Client } from '@langchain/langgraph-sdk';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCron, assistantId, threadId } from './a-cron.test-data';
import { emptyDraft, type CronDraft } from './cron-draft';
import { cronToDraft } from './cron-to-draft';
import { draftAsCode, pythonLiteral } from './draft-as-code';
import { draftToWire, type CronCreate } from './draft-to-wire';

const url = 'http://localhost:2024';
const capabilities = { timezone: true };
const draft: CronDraft = {
  ...emptyDraft('Europe/Berlin'),
  assistantId,
  schedules: ['0 9 * * *', '30 17 * * *'],
  name: `It's "quoted" \\ $HOME \n 🦜`,
  input: {
    kind: 'json',
    text: '{"topic": "news", "deep": {"on": true, "off": false, "none": null, "list": [1, [], {}]}}',
  },
  end: { kind: 'at', atMs: Date.UTC(2027, 0, 1) },
  durability: 'sync',
  interruptBefore: ['write'],
};

type Sent = { path: string; body: unknown };

/** Runs the snippet with the real SDK against a fetch that only takes notes. */
async function runJavascript(code: string): Promise<Sent[]> {
  const sent: Sent[] = [];
  const fetch = (address: URL | string, init?: RequestInit) => {
    sent.push({ path: new URL(String(address)).pathname, body: JSON.parse(String(init?.body)) });
    return Promise.resolve(Response.json({ cron_id: 'c', thread_id: threadId }));
  };
  class NotingClient extends Client {
    constructor(config: { apiUrl: string }) {
      super({ ...config, apiKey: null, callerOptions: { fetch, maxRetries: 0 } });
    }
  }
  const body = code.replace(/^import .*$/m, '');
  const AsyncFunction = (async () => {}).constructor as new (
    ...args: string[]
  ) => (...args: unknown[]) => Promise<void>;
  await new AsyncFunction('Client', 'console', body)(NotingClient, { log: () => undefined });
  return sent;
}

const asSent = ({ threadId: thread, body }: CronCreate): Sent => ({
  path: thread === null ? '/runs/crons' : `/threads/${thread}/runs/crons`,
  body: JSON.parse(JSON.stringify(body)),
});

describe('draftAsCode in JavaScript', () => {
  it.each([
    ['a new thread each run', { kind: 'new-thread', afterRun: 'keep' }],
    ['an existing thread', { kind: 'thread', threadId }],
  ] as const)('makes the SDK send exactly what the builder sends, on %s', async (_case, target) => {
    const creates = draftToWire({ ...draft, target }, { capabilities });
    expect(await runJavascript(draftAsCode(creates, 'javascript', { url, makesThread: false }))).toEqual(
      creates.map(asSent),
    );
  });

  it('makes the thread first where every run shall use a new one', async () => {
    const creates = draftToWire({ ...draft, target: { kind: 'reused-thread' } }, { capabilities });
    const sent = await runJavascript(draftAsCode(creates, 'javascript', { url, makesThread: true }));
    expect(sent.map(({ path }) => path)).toEqual([
      '/threads',
      `/threads/${threadId}/runs/crons`,
      `/threads/${threadId}/runs/crons`,
    ]);
  });

  it('is a program for any cron, whatever is written in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyCron, async (cron) => {
        const creates = draftToWire(cronToDraft(cron), { capabilities });
        const sent = await runJavascript(draftAsCode(creates, 'javascript', { url, makesThread: false }));
        expect(sent).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});

describe('draftAsCode for the shell', () => {
  it('survives a shell with quotes, dollars and line breaks in the text', () => {
    const creates = draftToWire({ ...draft, target: { kind: 'thread', threadId } }, { capabilities });
    const code = draftAsCode(creates, 'curl', { url, makesThread: false });
    const run = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${code}`], { encoding: 'utf8' });
    const args = run.stdout.split('\0');
    const bodies = args.flatMap((arg, index) =>
      arg === '--data' ? [JSON.parse(args[index + 1] ?? '') as unknown] : [],
    );
    expect(bodies).toEqual(creates.map(({ body }) => JSON.parse(JSON.stringify(body)) as unknown));
    expect(args).toContain(`${url}/threads/${threadId}/runs/crons`);
  });

  it('reads the id of the thread it made', () => {
    const creates = draftToWire({ ...draft, target: { kind: 'reused-thread' } }, { capabilities });
    const code = draftAsCode(creates, 'curl', { url, makesThread: true });
    const fake = `curl() { case "$*" in */threads*crons*) printf '%s\\n' "$4" ;; *) printf '{"thread_id": "t-1", "x": 1}' ;; esac; }`;
    const run = spawnSync('sh', ['-c', `${fake}\n${code}`], { encoding: 'utf8' });
    expect(run.stdout.trim().split('\n')).toEqual([
      `${url}/threads/t-1/runs/crons`,
      `${url}/threads/t-1/runs/crons`,
    ]);
  });
});

describe('draftAsCode in Python', () => {
  it('writes keyword arguments and a real date', () => {
    const code = draftAsCode(draftToWire(draft, { capabilities }), 'python', { url, makesThread: false });
    expect(code).toContain('    crons.append(await client.crons.create(\n');
    expect(code).toContain('schedule="0 9 * * *",');
    expect(code).toContain('end_time=datetime.fromisoformat("2027-01-01T01:00:00+01:00"),');
    expect(code).toContain('"on": True,');
    expect(code).toContain('"none": None,');
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  it.skipIf(!hasPython)('writes every JSON value as the literal that reads back as the same value', () => {
    const values = fc
      .sample(fc.jsonValue(), { numRuns: 200, seed: 7 })
      .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    const program = `import json,sys\nprint(json.dumps(eval(sys.stdin.read())))`;
    const run = spawnSync('python3', ['-c', program], { input: pythonLiteral(values), encoding: 'utf8' });
    expect(JSON.parse(run.stdout)).toEqual(values);
  });
});
