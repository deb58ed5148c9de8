import { plainQuery, type CronFilter, type CronQuery } from '@/lib/crons/cron-list';

/** A query, or its filter part, as search parameters: lists are repeated keys, defaults are left out. */
export function cronSearchParams(query: CronFilter | Partial<CronQuery>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) params.append(key, item);
    else if (value !== undefined && value !== plainQuery[key as keyof CronQuery])
      params.set(key, String(value));
  }
  return params;
}
