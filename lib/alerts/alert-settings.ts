import { z } from 'zod';
import { isServerZone } from '@/lib/schedule/zone';

/** Everything somebody can be told about, the most urgent first; the order is that of screens and messages. */
export const alertRules = [
  'deployment-down',
  'scheduler-down',
  'failing',
  'overdue',
  'waiting-for-human',
  'budget',
  'ending-soon',
] as const;
export type AlertRule = (typeof alertRules)[number];

export const longestEndingDays = 60;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time of day like 22:00.');

const quietSchema = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from !== to, 'Quiet hours must end at another time than they begin.');
/** From one time of day to another; where the second is earlier, the hours go past midnight. */
export type QuietHours = z.infer<typeof quietSchema>;

/** What people are told about, and when. Whatever a stored setting leaves out is as it comes. */
export const alertSettingsSchema = z.strictObject({
  rules: z
    .strictObject({
      'deployment-down': z.boolean().default(true),
      'scheduler-down': z.boolean().default(true),
      failing: z.boolean().default(true),
      overdue: z.boolean().default(true),
      'waiting-for-human': z.boolean().default(true),
      budget: z.boolean().default(true),
      'ending-soon': z.boolean().default(true),
    })
    .prefault({}),
  /** Told at the first failed run, or only when the last three failed. */
  failingAfter: z.enum(['first', 'third']).default('third'),
  /** A cron ends soon when its end date is this many days away or fewer. */
  endingDays: z.int().min(1).max(longestEndingDays).default(3),
  /** The zone of quiet hours and of all times in messages. */
  zone: z.string().refine(isServerZone, 'Give a time zone like Europe/Berlin.').default('UTC'),
  quiet: quietSchema.nullable().default(null),
});
export type AlertSettings = z.infer<typeof alertSettingsSchema>;
