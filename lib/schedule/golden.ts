import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { nextRun } from '@/lib/schedule/next-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';

/** One fact about the server's cron engine, as the golden files hold it. */
export type GoldenRow = {
  readonly id: string;
  readonly expr: string;
  readonly tz: string;
  readonly base: string;
  readonly valid: boolean;
  readonly next: readonly string[];
  readonly error?: string;
  readonly v6?: { readonly valid: boolean; readonly next: readonly string[]; readonly error?: string };
  readonly tzVolatile?: boolean;
};

/** The tz data the facts were computed with; rows marked as volatile may differ under newer data. */
const FACTS_TZ = '2025c';

export function readGolden(path: string): GoldenRow[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): GoldenRow => JSON.parse(line));
}

/** Whether a row says nothing under the tz data of this runtime. */
export function isOutdated(row: GoldenRow, tzVersion: string | undefined): boolean {
  return row.tzVolatile === true && (tzVersion ?? '') > FACTS_TZ;
}

/** What differs between a row and this module, in words; null if they agree. */
export function compareRow(row: GoldenRow, secondsFirst: boolean): string | null {
  const parsed = parseSchedule(row.expr, { secondsFirst });
  if (parsed.ok !== row.valid) {
    return parsed.ok ? 'accepted, but the server refuses it' : `refused: ${parsed.error.message}`;
  }
  if (!parsed.ok) return null;
  let after = Date.parse(row.base);
  for (const [index, expected] of row.next.entries()) {
    const run = nextRun(parsed.value, row.tz, after);
    if (run !== Date.parse(expected)) {
      return `run ${index + 1}: expected ${expected}, got ${run === null ? 'none' : new Date(run).toISOString()}`;
    }
    after = run;
  }
  if (row.error === undefined) return null;
  const extra = nextRun(parsed.value, row.tz, after);
  return extra === null ? null : `expected no further run, got ${new Date(extra).toISOString()}`;
}

function main(args: readonly string[]): number {
  const secondsFirst = args.includes('--seconds-first');
  const path = args.find((arg) => !arg.startsWith('--'));
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (path === undefined) {
    print('usage: npm run golden -- FILE.jsonl[.gz] [--seconds-first]');
    return 2;
  }
  let agree = 0;
  let skipped = 0;
  const differences: string[] = [];
  for (const row of readGolden(path)) {
    if (isOutdated(row, process.versions['tz'])) {
      skipped += 1;
      continue;
    }
    const difference = compareRow(row, secondsFirst);
    if (difference === null) agree += 1;
    else
      differences.push(`${row.id} ${JSON.stringify(row.expr)} in ${row.tz} from ${row.base}: ${difference}`);
  }
  print(`${agree} agree, ${differences.length} differ`);
  if (skipped > 0) print(`${skipped} skipped: they depend on older tz data than this runtime has`);
  for (const line of differences.slice(0, 20)) print(line);
  return differences.length === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('golden.ts')) process.exitCode = main(process.argv.slice(2));
