export type CreatedCron = { readonly cronId: string; readonly second: number; readonly createdAtMs: number };

export type FiringReport = {
  readonly scheduled_for: string;
  readonly status: string;
  readonly run_id: string | null;
  readonly thread_id: string | null;
  readonly late_by_ms: number | null;
  readonly error: string | null;
};

export type RunReport = { readonly run_id: string; readonly metadata: Record<string, unknown> };

export type Api = ReturnType<typeof api>;

/** The calls the harness makes, over plain HTTP like any client. A refused connection rejects. */
export function api(base: string) {
  async function call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown }> {
    const once = () =>
      fetch(`${base}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
    // A kept connection may be closed at the moment it is used again; whatever is not a creation may be repeated.
    const response = await (method === 'POST' ? once() : once().catch(once));
    const text = await response.text();
    return {
      status: response.status,
      json: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null,
    };
  }

  return {
    call,
    /** A cron that fires at this second of every minute. Null unless the engine said that it has it. */
    async create(
      second: number,
      body: Record<string, unknown>,
      threadId?: string,
    ): Promise<CreatedCron | null> {
      const path = threadId === undefined ? '/runs/crons' : `/threads/${threadId}/runs/crons`;
      const { status, json } = await call('POST', path, { ...body, schedule: `* * * * * ${second}` });
      if (status !== 200) return null;
      const cron = json as { cron_id: string; created_at: string };
      return { cronId: cron.cron_id, second, createdAtMs: Date.parse(cron.created_at) };
    },
    async firings(cronId: string): Promise<FiringReport[]> {
      const { status, json } = await call('GET', `/crondeck/crons/${cronId}/firings?limit=1000`);
      return status === 200 ? (json as FiringReport[]) : [];
    },
    async hasCron(cronId: string): Promise<boolean> {
      return (await call('GET', `/runs/crons/${cronId}`)).status === 200;
    },
    /** Null: there is no such thread. */
    async runs(threadId: string): Promise<RunReport[] | null> {
      const all: RunReport[] = [];
      for (;;) {
        const { status, json } = await call(
          'GET',
          `/threads/${threadId}/runs?limit=500&offset=${all.length}`,
        );
        if (status === 404) return null;
        const page = json as RunReport[];
        all.push(...page);
        if (page.length < 500) return all;
      }
    },
    async open(): Promise<number> {
      const { json } = await call('GET', '/ok');
      const { crondeck } = json as { crondeck: { firings_waiting: number; runs_open: number } };
      return crondeck.firings_waiting + crondeck.runs_open;
    },
  };
}
