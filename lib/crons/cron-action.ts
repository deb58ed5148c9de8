import { z } from 'zod';
import { isServerZone } from '@/lib/schedule/zone';
import { isReservedMetadataKey } from './reserved-metadata';

const addedMetadata = z
  .record(z.string().min(1).max(200), z.json())
  .refine((added) => Object.keys(added).length > 0, 'Give at least one key.')
  .refine((added) => Object.keys(added).length <= 50, 'Add at most 50 keys at once.')
  .refine(
    (added) => !Object.keys(added).some(isReservedMetadataKey),
    'One of these keys is used by Crondeck itself.',
  );

/** What can be done to many crons at once, and undone. Instants are epoch milliseconds; `endMs` null means no end. */
export const cronActionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delete') }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('set-end'), endMs: z.int().min(0).max(253_402_300_799_999).nullable() }),
  z.strictObject({
    kind: z.literal('set-zone'),
    zone: z.string().refine(isServerZone, 'No server knows this time zone.'),
  }),
  z.strictObject({ kind: z.literal('add-metadata'), metadata: addedMetadata }),
]);

export type CronAction = z.infer<typeof cronActionSchema>;
