'use client';
import { useState, useSyncExternalStore } from 'react';
import { later } from './later';
import { waitingToasts } from './toast';

const ToastList = later(() => import('./toast-list').then((module) => module.ToastList));

/** Stands once on the page; what shows messages is loaded with the first of them. */
export function Toaster() {
  const [wanted, setWanted] = useState(false);
  const waits = useSyncExternalStore(waitingToasts.subscribe, waitingToasts.any, () => false);
  if (waits && !wanted) setWanted(true);
  return wanted && <ToastList />;
}
