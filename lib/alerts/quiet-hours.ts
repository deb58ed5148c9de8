import { zoneOffsetMinutes } from '@/lib/schedule/zone';
import type { AlertSettings } from './alert-settings';

const dayMinutes = 24 * 60;

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Whether nobody is to be told anything at that instant (epoch ms). The first minute belongs to it, the last does not. */
export function isQuiet({ quiet, zone }: Pick<AlertSettings, 'quiet' | 'zone'>, atMs: number): boolean {
  if (quiet === null) return false;
  const local = Math.floor(atMs / 60_000) + zoneOffsetMinutes(zone, atMs);
  const minute = ((local % dayMinutes) + dayMinutes) % dayMinutes;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
