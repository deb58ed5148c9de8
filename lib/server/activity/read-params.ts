import type { z } from 'zod';

type Shape = { readonly lists?: readonly string[]; readonly numbers?: readonly string[] };

/** Reads search parameters against a schema; one that does not fit is left out, so that an old link still shows the rest. */
export function readParams<T>(schema: z.ZodType<T>, url: string, { lists = [], numbers = [] }: Shape): T {
  const params = new URL(url).searchParams;
  const raw: Record<string, unknown> = {};
  for (const key of new Set(params.keys())) {
    const value = params.get(key);
    raw[key] = lists.includes(key) ? params.getAll(key) : numbers.includes(key) ? Number(value) : value;
  }
  for (;;) {
    const read = schema.safeParse(raw);
    if (read.success) return read.data;
    const key = read.error.issues[0]?.path[0];
    if (typeof key !== 'string' || !(key in raw)) throw new Error('a query without parameters must be valid');
    delete raw[key];
  }
}
