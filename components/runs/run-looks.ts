import type { RunStatus } from '@/lib/crons/run';
import type { MarkShape } from '../ui/mark';

type RunLook = {
  readonly word: string;
  readonly shape: MarkShape;
  /** Fill of its cell in the strip. */
  readonly cell: string;
};

/** How each status of a run is said and drawn, everywhere. */
export const runLooks: Record<RunStatus, RunLook> = {
  pending: { word: 'Waiting', shape: 'ring', cell: 'bg-warn-fill' },
  running: { word: 'Running', shape: 'diamond', cell: 'bg-warn-fill' },
  success: { word: 'Ok', shape: 'dot', cell: 'bg-ok' },
  error: { word: 'Failed', shape: 'triangle', cell: 'bg-bad' },
  timeout: { word: 'Timed out', shape: 'triangle', cell: 'bg-bad' },
  'not-started': { word: 'Not started', shape: 'triangle', cell: 'bg-bad' },
  interrupted: { word: 'Interrupted', shape: 'diamond', cell: 'bg-warn-fill' },
  skipped: { word: 'Skipped', shape: 'faint', cell: 'bg-line-strong' },
  cancelled: { word: 'Cancelled', shape: 'faint', cell: 'bg-line-strong' },
  vanished: { word: 'Deleted', shape: 'faint', cell: 'hatched' },
  unknown: { word: 'Not known', shape: 'faint', cell: 'hatched' },
};
