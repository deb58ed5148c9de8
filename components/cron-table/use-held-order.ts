'use client';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { holdOrder, type Windows } from './hold-order';

/** A pointer that has rested for longer is not about to click. */
const restMs = 8_000;

/**
 * Keeps rows in their places while a pointer moves over them: a cron that fires must not slip another one under the
 * click. `key` names the query; the answer to another one is shown at once.
 */
export function useHeldOrder(fresh: Windows, key: string): Windows {
  const [kept, setKept] = useState({ key, windows: fresh });
  const pointedMs = useRef(Number.NEGATIVE_INFINITY);
  const held = kept.key === key ? holdOrder(kept.windows, fresh) : fresh;
  const holds = held !== fresh;

  useEffect(() => {
    const note = ({ target, pointerType, timeStamp }: PointerEvent) => {
      const isOnRow = target instanceof Element && target.closest('[data-row]') !== null;
      pointedMs.current = isOnRow && pointerType === 'mouse' ? timeStamp : Number.NEGATIVE_INFINITY;
    };
    document.addEventListener('pointermove', note, { passive: true });
    return () => document.removeEventListener('pointermove', note);
  }, []);
  useLayoutEffect(() => {
    const isPointedAt = performance.now() - pointedMs.current < restMs;
    if (!holds || !isPointedAt)
      setKept((before) =>
        before.windows === fresh && before.key === key ? before : { key, windows: fresh },
      );
  }, [fresh, key, holds]);
  return held;
}
