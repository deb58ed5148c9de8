import { v5 as uuidv5 } from 'uuid';
import { isJsonObject, type JsonObject } from '@/lib/engine/json';
import { err, ok, type Result } from '@/lib/result';

/** Sends one request to the Agent Server. Rejects when it cannot be reached or does not answer in time. */
export type Send = (
  path: string,
  init: { method: string; headers?: HeadersInit; body?: string },
) => Promise<Response>;

/**
 * `unreachable`: no answer. `unavailable`: it answered that it cannot now (408, 429, 502, 503, 504). `broken`: any other
 * 5xx. `refused`: it understood and said no.
 */
export type AgentServerError = {
  readonly kind: 'unreachable' | 'unavailable' | 'broken' | 'refused';
  readonly status: number | null;
  readonly message: string;
};

export type Run = {
  readonly runId: string;
  readonly threadId: string;
  readonly status: string;
  readonly metadata: JsonObject;
  /** The run as the server sent it. */
  readonly raw: JsonObject;
};

export type AgentServer = ReturnType<typeof agentServer>;

/** The id of a graph's own assistant: LangGraph derives it from the graph's name in this namespace. */
const GRAPH_NAMESPACE = '6ba7b821-9dad-11d1-80b4-00c04fd430c8';
const NOT_NOW = new Set([408, 429, 502, 503, 504]);
const MAX_MESSAGE = 500;
const RUNS_PER_PAGE = 100;

/** The few calls of the Agent Server API that crons need. A missing thing is `null`, not an error. */
export function agentServer(send: Send) {
  async function call(
    method: string,
    path: string,
    body?: JsonObject,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Result<unknown, AgentServerError>> {
    let response: Response;
    let text: string;
    try {
      response = await send(path, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch (cause) {
      return err({ kind: 'unreachable', status: null, message: reason(cause) });
    }
    if (response.ok) return ok(parse(text));
    const kind = NOT_NOW.has(response.status) ? 'unavailable' : response.status >= 500 ? 'broken' : 'refused';
    return err({ kind, status: response.status, message: errorText(text, response.status) });
  }

  async function find(path: string, headers = {}): Promise<Result<JsonObject | null, AgentServerError>> {
    const found = await call('GET', path, undefined, headers);
    if (!found.ok) return found.error.status === 404 ? ok(null) : found;
    return ok(isJsonObject(found.value) ? found.value : null);
  }

  return {
    /** The assistant with this id, or the own assistant of the graph with this name. */
    async findAssistantId(
      idOrGraph: string,
      headers: Record<string, string>,
    ): Promise<Result<string | null, AgentServerError>> {
      // Half a character cannot be hashed, and no graph is called so.
      if (Buffer.from(idOrGraph).toString() !== idOrGraph) return ok(null);
      const isId = isUuid(idOrGraph);
      const id = isId ? idOrGraph.toLowerCase() : uuidv5(idOrGraph, GRAPH_NAMESPACE);
      const byId = await find(`/assistants/${id}`, headers);
      if (!byId.ok || byId.value !== null) return byId.ok ? ok(id) : byId;
      if (isId || idOrGraph === '') return ok(null);
      // Re-implementations derive the id in another namespace, so ask for the graph by name.
      const search = { graph_id: idOrGraph, metadata: { created_by: 'system' }, limit: 1 };
      const found = await call('POST', '/assistants/search', search, headers);
      if (!found.ok) return found.error.kind === 'refused' ? ok(null) : found;
      const first: unknown = Array.isArray(found.value) ? found.value[0] : null;
      const matches = isJsonObject(first) && first['graph_id'] === idOrGraph;
      return ok(matches ? String(first['assistant_id']) : null);
    },

    findThread: (threadId: string, headers: Record<string, string> = {}) =>
      find(`/threads/${threadId}`, headers),

    async createRun(threadId: string, body: JsonObject): Promise<Result<Run, AgentServerError>> {
      const created = await call('POST', `/threads/${threadId}/runs`, body);
      if (!created.ok) return created;
      const run = toRun(created.value);
      return run === null
        ? err({ kind: 'broken', status: 200, message: 'the server answered without a run_id' })
        : ok(run);
    },

    async findRun(threadId: string, runId: string): Promise<Result<Run | null, AgentServerError>> {
      const found = await find(`/threads/${threadId}/runs/${runId}`);
      return found.ok ? ok(toRun(found.value)) : found;
    },

    /** The run of this thread whose metadata holds every given pair. Walks all pages: servers sort them differently. */
    async findRunByMetadata(
      threadId: string,
      wanted: Readonly<Record<string, string>>,
    ): Promise<Result<Run | null, AgentServerError>> {
      for (let offset = 0; ; offset += RUNS_PER_PAGE) {
        const page = await call('GET', `/threads/${threadId}/runs?limit=${RUNS_PER_PAGE}&offset=${offset}`);
        if (!page.ok) return page.error.status === 404 ? ok(null) : page;
        const runs = Array.isArray(page.value) ? page.value.flatMap((it) => toRun(it) ?? []) : [];
        const match = runs.find((run) =>
          Object.entries(wanted).every(([key, it]) => run.metadata[key] === it),
        );
        if (match !== undefined) return ok(match);
        if (runs.length < RUNS_PER_PAGE) return ok(null);
      }
    },

    /** The final values of a run that has ended, or `{"__error__": ...}`. Also frees what the JS server buffers for it. */
    joinRun: (threadId: string, runId: string) => find(`/threads/${threadId}/runs/${runId}/join`),

    threadState: (threadId: string) => find(`/threads/${threadId}/state`),

    /** `absent`: it was gone already; `failed`: it may still be there. */
    async deleteThread(threadId: string): Promise<'deleted' | 'absent' | 'failed'> {
      const deleted = await call('DELETE', `/threads/${threadId}`);
      if (deleted.ok) return 'deleted';
      return deleted.error.status === 404 ? 'absent' : 'failed';
    },

    /** Whether this is LangChain's JavaScript server, which is laxer about what a run may contain. */
    async isJavaScript(): Promise<boolean> {
      const info = await find('/info');
      return info.ok && info.value?.['context'] === 'js';
    },

    async isReachable(): Promise<boolean> {
      const answer = await call('GET', '/ok');
      return answer.ok || answer.error.kind === 'refused';
    },
  };
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

function toRun(value: unknown): Run | null {
  if (!isJsonObject(value) || typeof value['run_id'] !== 'string') return null;
  return {
    runId: value['run_id'],
    threadId: String(value['thread_id']),
    status: String(value['status']),
    metadata: isJsonObject(value['metadata']) ? value['metadata'] : {},
    raw: value,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** FastAPI, Hono and re-implementations name their message differently. */
function errorText(text: string, status: number): string {
  const body = parse(text);
  const named = isJsonObject(body) ? (body['detail'] ?? body['message'] ?? body['error']) : text;
  const message = typeof named === 'string' ? named : JSON.stringify(named ?? body);
  return message.trim().slice(0, MAX_MESSAGE) || `HTTP ${status}`;
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // fetch hides the interesting part: "fetch failed" with ECONNREFUSED as its cause.
  const inner = cause.cause instanceof Error ? cause.cause : null;
  return (inner && (inner.message || ('code' in inner && String(inner.code)))) || cause.message || cause.name;
}
