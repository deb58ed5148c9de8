import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldErrors, Resolver } from 'react-hook-form';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { draftIssues, validDraftSchema, type DraftRules } from '@/lib/crons/valid-draft';

/** The shared schema as the form's judge. In an edit, what was not changed is not held against the person. */
export function draftResolver(rules: DraftRules): Resolver<CronDraft> {
  const judge = zodResolver(validDraftSchema(rules));
  return async (values, context, options) => {
    const judged = await judge(values, context, options);
    const counted = new Set(draftIssues(values, rules).map((issue) => issue.path[0]));
    const errors = Object.fromEntries(Object.entries(judged.errors).filter(([field]) => counted.has(field)));
    return Object.keys(errors).length === 0
      ? { values, errors: {} }
      : { values: {}, errors: errors as FieldErrors<CronDraft> };
  };
}
