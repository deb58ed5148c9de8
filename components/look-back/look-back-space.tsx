import { lookBackHeight } from './look-back-height';

/** Where the panel will be; how high it was the last time is known in the browser alone. */
export function LookBackSpace() {
  return <div className={lookBackHeight()} suppressHydrationWarning />;
}
