'use client';
import { useLayoutEffect, useRef, useState } from 'react';

/** How far below the top of the page an element begins; kept current while things above it change. */
export function useOffsetTop<Element extends HTMLElement>() {
  const ref = useRef<Element>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (ref.current) setTop(Math.round(ref.current.getBoundingClientRect().top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  return [ref, top] as const;
}
