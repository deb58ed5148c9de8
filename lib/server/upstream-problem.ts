import type { Problem } from '@/lib/result';
import { cleanText } from '@/lib/crons/clean-text';

export type UpstreamProblemCode =
  | 'unreachable'
  | 'timeout'
  | 'cancelled'
  | 'unauthorised'
  | 'not-found'
  | 'refused'
  | 'rate-limited'
  | 'failing'
  | 'unexpected-reply';

/** Why a deployment did not do what was asked. `status` is its HTTP status where it answered at all. */
export type UpstreamProblem = Problem<UpstreamProblemCode> & {
  readonly status?: number;
  /** How long the deployment asked us to wait. */
  readonly retryAfterMs?: number;
};

const defaultWaitMs = 5_000;
const longestWaitMs = 300_000;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function issueText(issue: unknown): string | null {
  if (!isObject(issue)) return null;
  const text = issue.msg ?? issue.message;
  const path = issue.loc ?? issue.path;
  const where = Array.isArray(path) ? path.filter((part) => part !== 'body').join('.') : '';
  return typeof text === 'string' ? `${where ? `${where}: ` : ''}${text}` : null;
}

/**
 * The sentence inside an error body, in any shape servers use: `{detail: text}`, FastAPI's `{detail: [issues]}`,
 * `{message}`, `{error: text}`, `{error: {issues}}`, `{error: {message}}` or plain text. Null where there is none.
 */
export function errorDetail(body: unknown): string | null {
  if (typeof body === 'string') {
    // A page of HTML comes from something in between and says nothing to a person.
    return body.trim() === '' || body.trimStart().startsWith('<') ? null : firstLine(body);
  }
  if (Array.isArray(body)) return body.map(issueText).find((text) => text !== null) ?? null;
  if (!isObject(body)) return null;
  const { detail, message, error, issues } = body;
  if (typeof detail === 'string') return firstLine(detail);
  if (Array.isArray(detail) && detail.length > 0) return errorDetail(detail);
  if (Array.isArray(issues) && issues.length > 0) return errorDetail(issues);
  if (typeof message === 'string' && message !== '') return firstLine(message);
  return typeof error === 'string' || isObject(error) ? errorDetail(error) : null;
}

// Schema errors put the sentence on the first line and a dump of the schema below it.
function firstLine(text: string): string {
  return cleanText(text.trim().split('\n', 1)[0] ?? '', 400);
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Reads Retry-After (seconds or an HTTP date); at most five minutes, five seconds where it is missing or odd. */
export function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null || header.trim() === '') return defaultWaitMs;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  if (Number.isNaN(wait)) return defaultWaitMs;
  return Math.min(Math.max(wait, 500), longestWaitMs);
}

/** Maps a status of 300 and above to a problem. `nowMs` is needed for dates in Retry-After. */
export function problemOfStatus(
  status: number,
  body: unknown,
  retryAfter: string | null,
  nowMs: number,
): UpstreamProblem {
  const detail = errorDetail(body);
  const said = detail ? ` It says: ${sentence(detail)}` : '';
  if (status < 400) {
    return {
      code: 'unexpected-reply',
      status,
      message:
        'The deployment answered with a redirect, which is not followed so that the key stays with the address it was given for.',
      hint: 'Put the final address of the deployment into the configuration.',
    };
  }
  if (status === 401 || status === 403) {
    return {
      code: 'unauthorised',
      status,
      message: `The deployment refused the key (${status}).${said}`,
      hint: 'Check the API key of this deployment: that it is set, belongs to this deployment, and may read and change crons.',
    };
  }
  if (status === 404) {
    return {
      code: 'not-found',
      status,
      message: detail ? sentence(detail) : 'The deployment does not know it (404).',
      hint: 'It may have been deleted elsewhere: reload to see what is there now.',
    };
  }
  if (status === 429) {
    return {
      code: 'rate-limited',
      status,
      retryAfterMs: retryAfterMs(retryAfter, nowMs),
      message: `The deployment asks for fewer requests (429).${said}`,
      hint: 'Wait a little: Crondeck continues by itself.',
    };
  }
  if (status < 500) {
    return {
      code: 'refused',
      status,
      message: detail ? sentence(detail) : `The deployment refused the request (${status}).`,
      hint: 'Change what it complains about and try again.',
    };
  }
  return {
    code: 'failing',
    status,
    message: `The deployment failed (${status}).${said}`,
    hint: 'Look into the log of the deployment. Crondeck tries again by itself.',
  };
}

const causes: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ECONNREFUSED: [
    'Nothing answers at its address: the connection was refused.',
    'Start the deployment, or correct its address.',
  ],
  ENOTFOUND: [
    'The name of its host is not known.',
    'Correct the address, or check the name service of this machine.',
  ],
  EAI_AGAIN: [
    'The name of its host could not be looked up.',
    'Check the network and the name service of this machine.',
  ],
  ECONNRESET: ['It closed the connection before it had answered.', 'Look into the log of the deployment.'],
  UND_ERR_SOCKET: [
    'It closed the connection before it had answered.',
    'Look into the log of the deployment.',
  ],
  EHOSTUNREACH: [
    'Its host cannot be reached from here.',
    'Check the network between this machine and the deployment.',
  ],
  ENETUNREACH: [
    'Its network cannot be reached from here.',
    'Check the network between this machine and the deployment.',
  ],
};

/** Maps what fetch threw. Texts of the exception are not passed on: they may hold addresses with secrets. */
export function problemOfFailure(error: unknown): UpstreamProblem {
  const name = isObject(error) ? error.name : undefined;
  if (name === 'TimeoutError') {
    return {
      code: 'timeout',
      message: 'The deployment did not answer in time.',
      hint: 'Look whether it is overloaded. Crondeck tries again by itself.',
    };
  }
  if (name === 'AbortError') {
    return {
      code: 'cancelled',
      message: 'The request was cancelled.',
      hint: 'Try again if it is still wanted.',
    };
  }
  const cause = isObject(error) && isObject(error.cause) ? error.cause.code : undefined;
  const code = typeof cause === 'string' ? cause : '';
  if (/CERT|TLS|SSL|SIGNED|VERIFY/.test(code)) {
    return {
      code: 'unreachable',
      message: `Its certificate is not trusted here (${code}).`,
      hint: 'Use a certificate this machine trusts; NODE_EXTRA_CA_CERTS adds your own authority.',
    };
  }
  const [message, hint] = causes[code] ?? [
    `No connection could be made${code ? ` (${code})` : ''}.`,
    'Check the address and that the deployment runs.',
  ];
  return { code: 'unreachable', message, hint };
}

/** Whether to leave the deployment alone for a while; the others are about one thread or run. */
export function isAboutTheDeployment({ code }: UpstreamProblem): boolean {
  return ['rate-limited', 'unreachable', 'timeout', 'unauthorised', 'cancelled'].includes(code);
}
