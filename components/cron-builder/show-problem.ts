import type { UseFormReturn } from 'react-hook-form';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { WriteProblem } from '@/lib/crons/cron-written';

/** Puts what the server refused beside its field, and returns the fields that were marked. */
export function showProblem(form: UseFormReturn<CronDraft>, problem: WriteProblem): readonly string[] {
  const issues = problem.issues ?? [];
  for (const { path, message } of issues)
    form.setError(path.join('.') as keyof CronDraft, { type: 'server', message });
  const { field } = problem;
  if (field) form.setError(field, { type: 'server', message: `${problem.message} ${problem.hint}` });
  return [...issues.map(({ path }) => String(path[0])), ...(field ? [field] : [])];
}

const invalid = ['input', 'textarea', 'button', '[role=textbox]', '[role=combobox]']
  .map((what) => `${what}[aria-invalid=true]`)
  .join();

/** A folded section needs a few frames to open; what has not appeared after this many is not there. */
const framesToWait = 30;

/** Moves the focus to the first field that is marked, as soon as it is drawn and can take it. */
export function focusFirstProblem(form: HTMLElement | null, frames = framesToWait): void {
  requestAnimationFrame(() => {
    const first =
      form?.querySelector<HTMLElement>(invalid) ?? form?.querySelector<HTMLElement>('[data-problem]');
    first?.focus();
    if (frames > 0 && (!first || document.activeElement !== first)) focusFirstProblem(form, frames - 1);
  });
}
