import type { AlertSettings } from './alert-settings';
import { isQuiet } from './quiet-hours';

/** What happens within this time goes into one message. */
export const groupWaitMs = 30_000;
/** After a message, what follows is gathered for this long. */
export const groupIntervalMs = 5 * 60_000;

/** Whether a message may go out now. `oldestMs` is when the first thing to tell happened; all instants are epoch ms. */
export function isMessageDue(
  waiting: { readonly oldestMs: number; readonly toldMs: number | null },
  settings: Pick<AlertSettings, 'quiet' | 'zone'>,
  nowMs: number,
): boolean {
  if (isQuiet(settings, nowMs) || nowMs - waiting.oldestMs < groupWaitMs) return false;
  return waiting.toldMs === null || nowMs - waiting.toldMs >= groupIntervalMs;
}
