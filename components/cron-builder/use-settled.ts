'use client';
import { useEffect, useState } from 'react';

/** Text that settles `waitMs` after the last key, so that a search asks once and not for each letter. */
export function useSettled(text: string, waitMs = 200): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), waitMs);
    return () => clearTimeout(timer);
  }, [text, waitMs]);
  return settled;
}
