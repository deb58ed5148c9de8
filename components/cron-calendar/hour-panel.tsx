import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ErrorState } from '../ui/error-state';
import { IconButton } from '../ui/icon-button';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';

type HourPanelProps = {
  title: string;
  /** What is in it, added up. */
  sum: ReactNode;
  onClose: () => void;
  isLoading: boolean;
  error: Error | null;
  onRetry: () => void;
  children: ReactNode;
};

/** One hour of the calendar, opened; the frame of what ran in it and of what will. */
export function HourPanel({ title, sum, onClose, isLoading, error, onRetry, children }: HourPanelProps) {
  return (
    <Panel
      title={title}
      aside={
        <span className="flex items-center gap-2">
          {sum}
          <IconButton label="Close this hour" size="small" onClick={onClose}>
            <X className="size-4" />
          </IconButton>
        </span>
      }
      flush
    >
      {error && (
        <ErrorState title="This hour could not be read" onRetry={onRetry} retrying={isLoading}>
          {error.message}
        </ErrorState>
      )}
      {isLoading && !error && <Skeleton className="m-4 h-16" />}
      {children}
    </Panel>
  );
}
