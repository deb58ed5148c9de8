import pLimit from 'p-limit';

/** One answer with the exchange that led to it, so that a failed expectation shows both. */
export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, or null where it is empty or not JSON. */
  readonly body: unknown;
  readonly exchange: string;
};

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A burst of new connections is what a busy machine cannot take; requests that wait here cost nothing. */
const inTurn = pLimit(6);

/** Sends one request without retries. A string body goes out as it is, anything else as JSON. */
export async function sendTo(
  server: { readonly url: string; readonly key: string | null },
  method: Method,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const { response, text } = await inTurn(async () => {
    const answer = await fetch(new URL(path, server.url), {
      method,
      headers: {
        // Servers drop a kept connection after a body they cannot read, just when the next request is sent on it.
        connection: 'close',
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(server.key === null ? {} : { 'x-api-key': server.key }),
      },
      ...(sent === undefined ? {} : { body: sent }),
      signal: AbortSignal.timeout(60_000),
    });
    return { response: answer, text: await answer.text() };
  });
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: parseJson(text),
    exchange: `${method} ${path} ${sent ?? ''}\n  -> ${response.status} ${text.slice(0, 1500)}`,
  };
}

/** Throws with the whole exchange unless the status is the expected one. */
export function mustBe(status: number, reply: Reply): Reply {
  if (reply.status !== status) throw new Error(`expected status ${status}, got ${reply.exchange}`);
  return reply;
}

/** Throws with the exchange unless the body says `{"detail": "<text...>"}` beginning with `start`. */
export function mustSay(start: string, reply: Reply): void {
  const detail = (reply.body as { detail?: unknown } | null)?.detail;
  if (typeof detail !== 'string' || !detail.startsWith(start)) {
    throw new Error(`expected {"detail": "${start}..."}, got ${reply.exchange}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
