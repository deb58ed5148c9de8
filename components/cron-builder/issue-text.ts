import type { FieldErrors } from 'react-hook-form';
import type { CronDraft, CronDraftField } from '@/lib/crons/cron-draft';

/** The first message anywhere below a field: errors of unions and lists are nested. */
export function issueText(errors: FieldErrors<CronDraft>, field: CronDraftField): string | undefined {
  return firstMessage(errors[field]);
}

function firstMessage(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('message' in error && typeof error.message === 'string') return error.message;
  for (const [key, inner] of Object.entries(error)) {
    const found = key === 'ref' ? undefined : firstMessage(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
