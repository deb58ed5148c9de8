import type { Ref } from 'react';
import type { PreviewPart } from '@/lib/crons/draft-preview';

/** Each face of the schedule shows and changes the same list of expressions. */
export type FaceProps = {
  readonly schedules: readonly string[];
  readonly onChange: (schedules: string[]) => void;
  readonly onBlur: () => void;
  readonly parts: readonly PreviewPart[];
  readonly inputRef: Ref<HTMLInputElement>;
  /** What is wrong with the schedule as a whole, once the form has been checked. */
  readonly error: string | undefined;
  readonly secondsFirst: boolean;
};
