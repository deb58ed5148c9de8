import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { isServerZone } from '@/lib/schedule/zone';
import { cronDraftShape, type CronDraft, type CronDraftField } from './cron-draft';
import { changedFields } from './draft-diff';
import { readJsonObject } from './draft-json';

export type DraftRules = {
  /** How the deployment reads six fields. */
  readonly secondsFirst: boolean;
  /** The draft as an edit began. What was not changed since is not held against the person. */
  readonly opened?: CronDraft | undefined;
};

/** `path` leads to the field, as in ['schedules', 0]; `message` says what is wrong and what to do. */
export type DraftIssue = { readonly path: readonly PropertyKey[]; readonly message: string };

function hasKeys(text: string): boolean {
  return Object.keys(readJsonObject(text) ?? {}).length > 0;
}

/** A cron with both is accepted by servers and then fails at every run, where nobody sees it. */
export function mixesContextAndConfiguration(draft: Pick<CronDraft, 'context' | 'configurable'>): boolean {
  return hasKeys(draft.context) && hasKeys(draft.configurable);
}

/** The one schema of form and route: the shape plus what needs the schedule module or several fields. */
export function validDraftSchema({ secondsFirst }: Pick<DraftRules, 'secondsFirst'>) {
  return cronDraftShape.superRefine((draft, context) => {
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    draft.schedules.forEach((text, index) => {
      const parsed = parseSchedule(text, { secondsFirst });
      if (!parsed.ok) refuse(['schedules', index], `${parsed.error.message} ${parsed.error.hint}`.trim());
    });
    if (!isServerZone(draft.zone))
      refuse(['zone'], `No server knows the time zone "${draft.zone}". Choose one from the list.`);
    if (mixesContextAndConfiguration(draft))
      refuse(
        ['context'],
        'With both context and configuration every run would fail unseen. Empty one of the two.',
      );
  });
}

/** All that is wrong with a draft. In an edit only what was changed counts. */
export function draftIssues(draft: CronDraft, rules: DraftRules): readonly DraftIssue[] {
  const parsed = validDraftSchema(rules).safeParse(draft);
  if (parsed.success) return [];
  if (rules.opened === undefined) return parsed.error.issues;
  const changed = changedFields(rules.opened, draft);
  // The rule about context and configuration is told at the context, whichever of the two was changed.
  const concerns = (field: PropertyKey | undefined) =>
    changed.has(field as CronDraftField) || (field === 'context' && changed.has('configurable'));
  return parsed.error.issues.filter((issue) => concerns(issue.path[0]));
}
