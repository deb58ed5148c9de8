import { z } from 'zod';
import { runStatuses } from './run';

// Apart from run, so that a page that only shows runs need not load zod.
const list = <T extends z.ZodType>(item: T) => z.array(item).max(100).default([]);

/** A window of all runs. `attention` puts failures first, then the newest; `newest` is by time alone. */
export const runQuerySchema = z.object({
  status: list(z.enum(runStatuses)),
  cron: z.guid().nullable().default(null),
  assistant: list(z.string().max(300)),
  /** Only runs of the last so many hours; null: all that are kept. */
  hours: z
    .int()
    .min(1)
    .max(24 * 366)
    .nullable()
    .default(24),
  /** Instead of `hours`: runs that were due, or began, from here up to there (epoch ms on the deployment's clock). */
  from: z.int().min(0).nullable().default(null),
  to: z.int().min(0).nullable().default(null),
  order: z.enum(['attention', 'newest']).default('attention'),
  offset: z.int().min(0).max(10_000).default(0),
  limit: z.int().min(1).max(200).default(50),
});
export type RunQuery = z.infer<typeof runQuerySchema>;
