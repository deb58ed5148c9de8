const MINUTE_MS = 60_000;

/** Every moment in (afterMs, untilMs] at this second of a minute: simple arithmetic, not the engine's own schedules. */
export function occurrences(second: number, afterMs: number, untilMs: number): number[] {
  const found: number[] = [];
  const first = Math.floor(afterMs / MINUTE_MS) * MINUTE_MS + second * 1000;
  for (let at = first; at <= untilMs; at += MINUTE_MS) if (at > afterMs) found.push(at);
  return found;
}
