/** An expected outcome: either a value or an error that the caller must look at. Bugs still throw. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** A failure people can act on: `code` for programs, `message` says what happened, `hint` what to do. */
export type Problem<Code extends string = string> = {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
  /** The form field or request key the problem belongs to, where there is one. */
  readonly field?: string;
};
