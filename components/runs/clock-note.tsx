import { formatGap } from '../ui/format-instant';
import { Note } from '../ui/note';

/** Says that the clocks differ and whose time is shown; nothing where they agree. */
export function ClockNote({ offsetMs }: { offsetMs: number }) {
  if (offsetMs === 0) return null;
  return (
    <Note
      tone="warn"
      className="m-3"
      title={`The deployment’s clock is ${formatGap(offsetMs)} ${offsetMs > 0 ? 'ahead of' : 'behind'} this dashboard’s.`}
    >
      Times of runs are the deployment’s own; what is overdue is judged by its clock.
    </Note>
  );
}
