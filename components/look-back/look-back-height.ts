const key = 'crondeck.look-back-calm';

/** Whether there was nothing to tell the last time, so that the place kept for it is right and nothing moves. */
export function wasCalm(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Remembers it for the next visit; a storage that takes nothing only means that the page moves once. */
export function keepCalm(isCalm: boolean): void {
  try {
    if (isCalm) localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
  } catch {
    // Nothing to do: see above.
  }
}

/** Keeps its place while it loads. */
export function lookBackHeight(): string {
  return wasCalm() ? 'mt-3 h-[42px]' : 'mt-3 h-[126px] max-md:h-[360px]';
}
