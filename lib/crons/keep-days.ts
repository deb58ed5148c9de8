import type { JsonObject } from './cron';
import { keepDaysKey } from './reserved-metadata';

export const usualKeepDays = 7;
export const mostKeepDays = 365;

/**
 * Days for which the threads of a cron's runs are kept after they were measured, as its metadata says; null where they
 * are never deleted. Whatever is no plausible number of days counts as null: nothing is deleted on a guess.
 */
export function readKeepDays(metadata: JsonObject): number | null {
  const days = metadata[keepDaysKey];
  return typeof days === 'number' && days >= 0 && days <= mostKeepDays ? days : null;
}

export function daysToMs(days: number): number {
  return Math.round(days * 86_400_000);
}
