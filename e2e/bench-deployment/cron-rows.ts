import type { WireCron } from './fixture';

export type SearchBody = {
  assistant_id?: string;
  thread_id?: string;
  enabled?: boolean;
  limit?: number;
  offset?: number;
  sort_by?: string;
  sort_order?: string;
  select?: string[];
};
type SortKey = 'cron_id' | 'created_at' | 'updated_at' | 'next_run_date';

/** The crons of the bench deployment in memory, in order of creation; sorted views are kept until something changes. */
export class CronRows {
  private rows: WireCron[];
  private readonly byId = new Map<string, WireCron>();
  private readonly views = new Map<SortKey, WireCron[]>();
  private readonly texts = new WeakMap<WireCron, string>();

  constructor(rows: WireCron[]) {
    this.rows = [...rows];
    for (const row of rows) this.byId.set(row.cron_id, row);
  }

  get size(): number {
    return this.rows.length;
  }

  all(): readonly WireCron[] {
    return this.rows;
  }

  get(id: string): WireCron | undefined {
    return this.byId.get(id);
  }

  add(row: WireCron): void {
    this.byId.set(row.cron_id, row);
    this.rows.push(row);
    this.views.clear();
  }

  /** Rows are replaced, never written to, so that a kept text stays true. */
  replace(row: WireCron): void {
    const at = this.rows.findIndex((other) => other.cron_id === row.cron_id);
    this.rows[at] = row;
    this.byId.set(row.cron_id, row);
    this.views.clear();
  }

  remove(id: string): boolean {
    if (!this.byId.delete(id)) return false;
    this.rows = this.rows.filter((row) => row.cron_id !== id);
    this.views.clear();
    return true;
  }

  /** Moves the next run of many rows at once: what a scheduler's tick does. */
  advance(next: ReadonlyMap<string, string | null>): void {
    this.rows = this.rows.map((row) => {
      const date = next.get(row.cron_id);
      if (date === undefined) return row;
      const moved = { ...row, next_run_date: date };
      this.byId.set(row.cron_id, moved);
      return moved;
    });
    this.views.clear();
  }

  /** The page as JSON text: a hundred thousand rows are not serialised anew for every request. */
  page(body: SearchBody): string {
    const { limit = 10, offset = 0, select } = body;
    const rows = this.matching(body).slice(offset, offset + limit);
    if (select) return JSON.stringify(rows.map((row) => picked(row, select)));
    return `[${rows.map((row) => this.text(row)).join(',')}]`;
  }

  private matching(body: SearchBody): readonly WireCron[] {
    const sorted = this.view((body.sort_by ?? 'created_at') as SortKey);
    const ordered = (body.sort_order ?? 'desc') === 'asc' ? sorted : sorted.toReversed();
    const { assistant_id: assistant, thread_id: thread, enabled } = body;
    if (assistant === undefined && thread === undefined && enabled === undefined) return ordered;
    return ordered.filter(
      (row) =>
        (assistant === undefined || row.assistant_id === assistant) &&
        (thread === undefined || row.thread_id === thread) &&
        (enabled === undefined || row.enabled === enabled),
    );
  }

  private view(key: SortKey): WireCron[] {
    if (key === 'created_at') return this.rows;
    let view = this.views.get(key);
    if (!view) {
      view = this.rows.toSorted((a, b) => compare(a[key] ?? '9', b[key] ?? '9'));
      this.views.set(key, view);
    }
    return view;
  }

  private text(row: WireCron): string {
    let text = this.texts.get(row);
    if (text === undefined) {
      text = JSON.stringify(row);
      this.texts.set(row, text);
    }
    return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function picked(row: WireCron, select: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(select.map((key) => [key, row[key as keyof WireCron]]));
}
