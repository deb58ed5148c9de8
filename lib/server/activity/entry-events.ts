/** How a stream of server-sent events is made from something that is read again and again. */
export type WatchOptions<T> = {
  readonly read: () => Promise<T>;
  /** No more events come after one of which this is true. */
  readonly isLast: (state: T) => boolean;
  readonly everyMs: number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

const keepAliveMs = 15_000;

/**
 * Answers with an event for each change of what is read, the present state first. It reads the store and not this
 * process, so that a job is seen from every dashboard that shares the store. Ends when the browser goes.
 */
export function watchEvents<T>(request: Request, options: WatchOptions<T>): Response {
  const gone = new AbortController();
  request.signal.addEventListener('abort', () => gone.abort(), { once: true });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      try {
        for await (const chunk of chunks(options, gone.signal)) controller.enqueue(encoder.encode(chunk));
        controller.close();
      } catch (error) {
        // A reader that left closes the stream from its side.
        if (!gone.signal.aborted) controller.error(error);
      }
    },
    cancel: () => gone.abort(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

async function* chunks<T>(
  { read, isLast, everyMs, wait }: WatchOptions<T>,
  gone: AbortSignal,
): AsyncGenerator<string> {
  let sent = '';
  let quietMs = 0;
  while (!gone.aborted) {
    const state = await read();
    const text = JSON.stringify(state);
    if (text !== sent) {
      sent = text;
      quietMs = 0;
      yield `data: ${text}\n\n`;
    }
    if (isLast(state)) {
      yield 'event: end\ndata: {}\n\n';
      return;
    }
    await wait(everyMs, gone);
    quietMs += everyMs;
    if (quietMs < keepAliveMs) continue;
    quietMs = 0;
    yield ': still here\n\n';
  }
}
