import type { ReactNode } from 'react';
import { Button } from './button';
import { EmptyState } from './empty-state';
import { Mark } from './mark';

type ErrorStateProps = {
  /** What happened. */
  title: string;
  /** What was not lost, and what to do. */
  children: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  actions?: ReactNode;
};

export function ErrorState({ title, children, onRetry, retrying, actions }: ErrorStateProps) {
  const retry = onRetry && (
    <Button onClick={onRetry} busy={retrying ?? false}>
      Try again
    </Button>
  );
  return (
    <div role="alert">
      <EmptyState
        title={title}
        picture={<Mark shape="triangle" />}
        actions={
          (retry || actions) && (
            <>
              {retry}
              {actions}
            </>
          )
        }
      >
        {children}
      </EmptyState>
    </div>
  );
}
