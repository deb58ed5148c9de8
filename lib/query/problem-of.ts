import type { Problem } from '@/lib/result';
import { ApiProblem } from './http';

/** What to tell somebody about any error of a query or mutation: the problem inside, or that the page itself failed. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  return {
    code: 'bug',
    message: 'Crondeck made a mistake.',
    hint: 'Reload the page; if it stays, look into the terminal Crondeck runs in.',
  };
}
