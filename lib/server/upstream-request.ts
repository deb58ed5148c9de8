import 'server-only';
import { err, ok, type Result } from '@/lib/result';
import type { DeploymentConfig } from './config';
import { problemOfFailure, problemOfStatus, type UpstreamProblem } from './upstream-problem';

export type UpstreamRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Starts with a slash; ids in it must be encoded. Only deployment-client.ts writes paths. */
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
  /** Asking twice does no harm: such a request is sent again when a kept connection turns out to be closed. */
  readonly isRead?: boolean;
  /** Told what the answer says about the time, with when it was asked and when it came. */
  readonly noteDate?: (date: string | null, sentMs: number, receivedMs: number) => void;
};

const defaultTimeoutMs = 15_000;
const defaultMaxBytes = 16 * 1024 * 1024;

function headersFor(config: DeploymentConfig, hasBody: boolean): Headers {
  const headers = new Headers(config.headers);
  if (config.apiKey !== null) headers.set('x-api-key', config.apiKey);
  headers.set('accept', 'application/json');
  if (hasBody) headers.set('content-type', 'application/json');
  return headers;
}

/** Replaces the deployment's secrets in a text it sent: an error message may repeat what it was given. */
export function withoutSecrets(config: DeploymentConfig, text: string): string {
  const secrets = [config.apiKey ?? '', ...Object.values(config.headers)].filter(
    (secret) => secret.length >= 6,
  );
  return secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text);
}

async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // The cast: lib.dom does not know yet that a stream of bytes can be iterated.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}

function parseJson(text: string): { readonly json: unknown } | null {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return null;
  }
}

function clean(config: DeploymentConfig, problem: UpstreamProblem): Result<never, UpstreamProblem> {
  return err({ ...problem, message: withoutSecrets(config, problem.message) });
}

/** Whether the server had closed the connection fetch kept open: no request reached it. */
function wasClosed(error: unknown): boolean {
  const cause = error instanceof TypeError ? error.cause : null;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  return code === 'ECONNRESET' || code === 'UND_ERR_SOCKET';
}

/** Sends one request and hands the open reply over; a status of 300 and above is a problem. */
export async function openUpstream(
  config: DeploymentConfig,
  request: UpstreamRequest,
): Promise<Result<Response, UpstreamProblem>> {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
  const sentMs = Date.now();
  try {
    const response = await fetch(`${config.url}${request.path}`, {
      method: request.method,
      headers: headersFor(config, request.body !== undefined),
      redirect: 'manual',
      cache: 'no-store',
      signal: request.signal ? AbortSignal.any([timeout, request.signal]) : timeout,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    request.noteDate?.(response.headers.get('date'), sentMs, Date.now());
    if (response.status < 300) return ok(response);
    const text = (await readText(response, 1024 * 1024)) ?? '';
    const body = parseJson(text)?.json ?? text;
    return clean(
      config,
      problemOfStatus(response.status, body, response.headers.get('retry-after'), Date.now()),
    );
  } catch (error) {
    if (request.isRead && wasClosed(error)) return openUpstream(config, { ...request, isRead: false });
    return err(problemOfFailure(error));
  }
}

/**
 * Sends one request and reads the JSON reply (null for an empty one). No redirect is followed, and no change is
 * repeated: it may have taken effect although its answer was lost.
 */
export async function requestUpstream(
  config: DeploymentConfig,
  request: UpstreamRequest,
): Promise<Result<unknown, UpstreamProblem>> {
  const opened = await openUpstream(config, request);
  if (!opened.ok) return opened;
  try {
    const text = await readText(opened.value, request.maxBytes ?? defaultMaxBytes);
    if (text === null) {
      return err({
        code: 'unexpected-reply',
        message: 'The deployment sent a reply that is too large.',
        hint: 'Check that the address belongs to an Agent Server.',
      });
    }
    if (text === '') return ok(null);
    const read = parseJson(text);
    if (read) return ok(read.json);
    return err({
      code: 'unexpected-reply',
      message: 'The deployment answered with something other than JSON.',
      hint: 'Check that the address belongs to an Agent Server and not to a login or start page.',
    });
  } catch (error) {
    return err(problemOfFailure(error));
  }
}
