import path from 'node:path';
import { nextOccurrence } from '@/lib/engine/scheduler/next-occurrence';
import type { Refusal } from '@/lib/engine/http/refusal';
import { isServerZone } from '@/lib/schedule/zone';
import { err, ok, type Result } from '@/lib/result';

/** Null if the Agent Server takes this time zone, else its answer. */
export function checkTimezone(zone: string): Refusal | null {
  const lookup = zoneKeyProblem(zone);
  if (lookup !== null) return { status: 400, detail: `ZoneInfo keys ${lookup}, got: ${zone}` };
  if (isServerZone(zone)) return null;
  return {
    status: 422,
    detail: `Invalid timezone: '${zone}'. Use IANA timezone format (e.g. 'America/New_York').`,
  };
}

/** The first occurrence after `nowMs`, or why the schedule is refused: unreadable (422), or without any run (400). */
export function firstRun(schedule: string, zone: string | null, nowMs: number): Result<number, Refusal> {
  const next = nextOccurrence(schedule, zone, nowMs);
  switch (next.kind) {
    case 'at':
      return ok(next.ms);
    case 'never':
      return err({ status: 400, detail: 'failed to find next date' });
    case 'unreadable':
      return err({
        status: 422,
        detail:
          `Invalid cron schedule: '${schedule}'. Reason: Invalid cron schedule. Ensure the schedule uses the standard ` +
          "cron format (minute hour day_of_month month day_of_week). Example: '*/5 * * * *' for every 5 minutes.",
      });
  }
}

/** Python's zoneinfo looks names up as relative paths and complains about odd ones before it looks at all. */
function zoneKeyProblem(zone: string): string | null {
  if (zone.startsWith('/')) return 'may not be absolute paths';
  const normal = path.posix.normalize(zone).replace(/(?<=.)\/$/, '');
  if (normal.length !== zone.length) return 'must be normalized relative paths';
  return normal.startsWith('..') ? 'must refer to subdirectories of TZPATH' : null;
}
