import 'server-only';
import Papa from 'papaparse';
import type { CronQuery, CronRow } from '@/lib/crons/cron-list';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { CronIndex } from './cron-index/cron-index';
import type { Deployment } from './deployment';

export type ExportFormat = 'csv' | 'json';
export type ExportFile = {
  readonly name: string;
  readonly type: string;
  readonly stream: ReadableStream<Uint8Array>;
};

const rowsAChunk = 500;

function threadWords(target: CronRow['target']): string {
  if (target.kind === 'thread') return target.name;
  const after = target.untilMeasured
    ? 'kept until measured'
    : target.afterRun === 'keep'
      ? 'kept'
      : 'deleted';
  return `new thread each run, ${after}`;
}

const columns: readonly (readonly [title: string, valueOf: (row: CronRow) => string | number | null])[] = [
  ['id', (row) => row.cronId],
  ['name', (row) => row.name],
  ['status', (row) => row.status.code],
  ['reason', (row) => row.status.reason],
  ['schedule', (row) => row.schedule],
  ['zone', (row) => row.zone],
  ['in words', (row) => row.words],
  ['assistant', (row) => row.assistant.name],
  ['assistant id', (row) => row.assistant.id],
  ['graph', (row) => row.assistant.graphId],
  ['thread', (row) => threadWords(row.target)],
  ['thread id', (row) => (row.target.kind === 'thread' ? row.target.threadId : null)],
  ['next run', (row) => instant(row.nextRunMs)],
  ['runs a day', (row) => row.runsADay],
  ['end', (row) => instant(row.endMs)],
  ['created', (row) => instant(row.createdMs)],
  ['updated', (row) => instant(row.updatedMs)],
  ['owner', (row) => row.owner],
];

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

export function readExportFormat(text: string | null): Result<ExportFormat, Problem> {
  if (text === 'csv' || text === 'json') return ok(text);
  return err({
    code: 'bad-request',
    message: 'The export has the format csv or json.',
    hint: 'Add format=csv or format=json.',
    field: 'format',
  });
}

/** Names that a spreadsheet would take for formulas get a quote in front; numbers and dates are ours and stay. */
function csvLines(rows: readonly CronRow[]): string {
  const data = rows.map((row) => columns.map(([, valueOf]) => valueOf(row)));
  return Papa.unparse(data, { escapeFormulae: true, newline: '\r\n' }) + '\r\n';
}

function* chunks(
  index: CronIndex,
  ids: readonly string[],
  format: ExportFormat,
  nowMs: number,
): Generator<string> {
  // The byte order mark tells Excel that the text is UTF-8.
  yield format === 'csv' ? `\uFEFF${Papa.unparse([columns.map(([title]) => title)])}\r\n` : '[';
  let first = true;
  for (let at = 0; at < ids.length; at += rowsAChunk) {
    // A cron deleted since the export began is left out.
    const rows = ids.slice(at, at + rowsAChunk).flatMap((id) => index.queries.row(id, nowMs) ?? []);
    if (rows.length === 0) continue;
    if (format === 'csv') yield csvLines(rows);
    else yield `${first ? '' : ','}\n${rows.map((row) => JSON.stringify(row)).join(',\n')}`;
    first = false;
  }
  if (format === 'json') yield '\n]\n';
}

function streamOf(texts: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      const next = texts.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
}

/** Everything a query matches, whatever its window, as a file that is made while it is sent. */
export async function exportCrons(
  deployment: Deployment,
  query: CronQuery,
  format: ExportFormat,
): Promise<Result<ExportFile, Problem>> {
  const index = await deployment.index();
  if (!index.ok) return index;
  const nowMs = Date.now();
  const ids = index.value.queries.matchingIds(query, query, nowMs);
  const day = new Date(nowMs).toISOString().slice(0, 10);
  return ok({
    name: `crons-${deployment.config.id}-${day}.${format}`,
    type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
    stream: streamOf(chunks(index.value, ids, format, nowMs)),
  });
}
