export type Wakeable = {
  /** Resolves after `ms`, or as soon as somebody calls `wake`. */
  sleep(ms: number): Promise<void>;
  wake(): void;
};

/** A sleep that can be cut short. A `wake` while nobody sleeps makes the next sleep return at once. */
export function wakeable(): Wakeable {
  let pending = false;
  let interrupt: (() => void) | null = null;
  return {
    async sleep(ms) {
      if (!pending) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          interrupt = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      pending = false;
      interrupt = null;
    },
    wake() {
      pending = true;
      interrupt?.();
    },
  };
}
