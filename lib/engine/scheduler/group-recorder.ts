const GROUP = 100;
const MAX_DELAY_MS = 15;

/** Gathers single changes and writes them in groups: one transaction, and one flush to disk, for many. */
export function groupRecorder<T>(write: (group: readonly T[]) => Promise<void>) {
  type Entry = { item: T; resolve: () => void; reject: (error: unknown) => void };
  let pending: Entry[] = [];
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const group = pending;
    pending = [];
    try {
      await write(group.map((entry) => entry.item));
      for (const entry of group) entry.resolve();
    } catch (error) {
      for (const entry of group) entry.reject(error);
    }
  }

  return {
    /** Resolves when the change is stored. */
    add(item: T): Promise<void> {
      return new Promise((resolve, reject) => {
        pending.push({ item, resolve, reject });
        if (pending.length >= GROUP) void flush();
        else timer ??= setTimeout(() => void flush(), MAX_DELAY_MS);
      });
    },
  };
}
