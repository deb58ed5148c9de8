import type { CronDraft } from '@/lib/crons/cron-draft';
import { draftToInput, inputToDraft } from '@/lib/crons/draft-input';
import { writeJson } from '@/lib/crons/draft-json';

type Input = CronDraft['input'];
export type InputFace = Input['kind'];

/**
 * The same input in another face. Where that face cannot hold it, what it held before (`left`), or nothing yet: a form's
 * values do not become a message.
 */
export function inputAs(input: Input, face: InputFace, left: Input | undefined): Input {
  if (face === input.kind) return input;
  const value = draftToInput(input);
  const isEmpty = value === undefined || (input.kind === 'message' && input.text.trim() === '');
  switch (face) {
    case 'none':
      return { kind: 'none' };
    case 'json':
      return isEmpty ? (left ?? { kind: 'json', text: '{}' }) : { kind: 'json', text: writeJson(value) };
    case 'message': {
      const message = inputToDraft(value);
      return message.kind === 'message' ? message : (left ?? { kind: 'message', text: '' });
    }
  }
}
