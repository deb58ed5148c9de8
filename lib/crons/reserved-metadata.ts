/** Metadata keys that Crondeck itself sets; the builder neither shows nor copies them. */
export const groupKey = 'crondeck_group';
export const partKey = 'crondeck_part';
/**
 * The cron's own id: runs and kept threads inherit it, which makes them findable. Not `cron_id`: that name the real
 * server (seen on 0.16.7) takes out of all metadata without a word.
 */
export const ownIdKey = 'crondeck_cron';

/** The key of a run's `config.configurable` in which the server itself says which cron fired. */
export const stampKey = 'cron_id';

/** Marks the request that made a cron, so that it is found again when the reply was lost or does not name it. */
export const requestKey = 'crondeck_request';

/**
 * "Keep until measured": for how many days a thread is kept after it was measured. In the metadata, so that it follows the
 * cron through undo, copies and other dashboards, and so that threads carry it.
 */
export const keepDaysKey = 'crondeck_keep_days';

const reserved = new Set<string>([groupKey, partKey, ownIdKey, requestKey, keepDaysKey]);

export function isReservedMetadataKey(key: string): boolean {
  return reserved.has(key);
}
