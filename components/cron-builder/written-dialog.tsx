'use client';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatExact } from '@/components/ui/format-instant';
import { Note } from '@/components/ui/note';
import type { CronsWritten, WrittenCron } from '@/lib/crons/cron-written';

type Props = {
  written: CronsWritten | null;
  onOpen: () => void;
  /** Null where it cannot be undone. */
  onTakeBack: (() => void) | null;
  busy: boolean;
};

/** Shown before one leaves the page when the server did not do exactly what the preview said. */
export function WrittenDialog({ written, onOpen, onTakeBack, busy }: Props) {
  const differing = written?.crons.filter((cron) => !cron.agrees) ?? [];
  return (
    <Dialog
      open={written !== null}
      onOpenChange={(open) => !open && onOpen()}
      title="Saved, but look at this first"
      description="The cron is stored. The server did something you may not expect."
      actions={
        <>
          {onTakeBack && (
            <Button tone="danger-plain" busy={busy} onClick={onTakeBack}>
              Delete it again
            </Button>
          )}
          <Button tone="primary" onClick={onOpen}>
            Keep it
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        {written?.notes.map((note) => (
          <Note key={note.code} tone={note.code === 'ran-at-once' ? 'info' : 'warn'}>
            {note.message}
          </Note>
        ))}
        {differing.map((cron) => (
          <Differing key={cron.cronId} cron={cron} />
        ))}
      </div>
    </Dialog>
  );
}

function Differing({ cron }: { cron: WrittenCron }) {
  return (
    <Note tone="warn" title="The server reads this schedule differently.">
      <span className="mono">{cron.schedule}</span>
      <dl className="num mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        <dt>The server will run it</dt>
        <dd className="font-medium">
          {cron.serverNextMs === null ? 'never' : formatExact(cron.serverNextMs, cron.zone)}
        </dd>
        <dt>The preview said</dt>
        <dd>{cron.previewNextMs === null ? 'nothing' : formatExact(cron.previewNextMs, cron.zone)}</dd>
      </dl>
      <p className="mt-1.5">
        What the server says is what happens. Change the schedule if that is not meant.
      </p>
    </Note>
  );
}
