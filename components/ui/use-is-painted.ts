import { useEffect, useState } from 'react';

/** Whether what is there from `isThere` on has been painted once: what is less urgent can begin then. */
export function useIsPainted(isThere: boolean): boolean {
  const [isPainted, setIsPainted] = useState(false);
  useEffect(() => {
    if (!isThere) return;
    const frame = requestAnimationFrame(() => setIsPainted(true));
    return () => cancelAnimationFrame(frame);
  }, [isThere]);
  return isPainted;
}
