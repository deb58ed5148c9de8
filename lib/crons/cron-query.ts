import { z } from 'zod';
import {
  cronGroupings,
  cronSortColumns,
  cronStatusCodes,
  frequencyBands,
  plainQuery,
  targetKinds,
  type CronFilter,
  type CronQuery,
  type CronSelection,
} from './cron-list';

// Apart from cron-list, so that a page that only shows crons need not load zod.
const texts = z.array(z.string().max(300)).max(100).default([]);

export const cronFilterSchema = z.object({
  q: z.string().max(500).default(plainQuery.q),
  status: z.array(z.enum(cronStatusCodes)).default([]),
  assistant: texts,
  thread: texts,
  target: z.array(z.enum(targetKinds)).default([]),
  often: z.array(z.enum(frequencyBands)).default([]),
  zone: texts,
  owner: texts,
  finding: texts,
}) satisfies z.ZodType<CronFilter>;

export const cronQuerySchema = cronFilterSchema.extend({
  sort: z.enum(cronSortColumns).default(plainQuery.sort),
  order: z.enum(['asc', 'desc']).default(plainQuery.order),
  group: z.enum(cronGroupings).default(plainQuery.group),
  offset: z.int().min(0).default(plainQuery.offset),
  limit: z.int().min(1).max(500).default(plainQuery.limit),
}) satisfies z.ZodType<CronQuery>;

export const cronSelectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picked'), ids: z.array(z.guid()).max(5000) }),
  z.object({
    kind: z.literal('matching'),
    filter: cronFilterSchema,
    except: z.array(z.guid()).max(5000).default([]),
  }),
]) satisfies z.ZodType<CronSelection>;
