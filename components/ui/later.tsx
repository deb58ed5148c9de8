'use client';
import {
  createElement,
  lazy,
  Suspense,
  useSyncExternalStore,
  type ComponentType,
  type ReactNode,
} from 'react';

const never = () => () => undefined;

/**
 * A part of the page that is loaded when it is first shown, in the browser only, with `waiting` in its place until then.
 * React's own `lazy`: `next/dynamic` brings two kilobytes to every page for what none of these parts needs.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props> {
  const Part = lazy(() => load().then((part) => ({ default: part })));
  return function Later(props: Props) {
    const isBrowser = useSyncExternalStore(
      never,
      () => true,
      () => false,
    );
    return isBrowser ? <Suspense fallback={waiting}>{createElement(Part, props)}</Suspense> : waiting;
  };
}
