'use client';
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { waitingToasts } from './toast';

const ToastList = lazy(() => import('./toast-list').then((module) => ({ default: module.ToastList })));

/** Stands once on the page; what shows messages is loaded with the first of them. */
export function Toaster() {
  const [wanted, setWanted] = useState(false);
  const waits = useSyncExternalStore(waitingToasts.subscribe, waitingToasts.any, () => false);
  if (waits && !wanted) setWanted(true);
  return (
    wanted && (
      <Suspense>
        <ToastList />
      </Suspense>
    )
  );
}
