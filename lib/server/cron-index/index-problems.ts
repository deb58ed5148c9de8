import type { UpstreamProblem } from '../upstream-problem';

export const closed: UpstreamProblem = {
  code: 'cancelled',
  message: 'The index was closed.',
  hint: 'Reload the page.',
};

export const stumbled: UpstreamProblem = {
  code: 'unexpected-reply',
  message: 'Crondeck stumbled over an answer of the deployment.',
  hint: 'The log of Crondeck says where. It tries again by itself; what is shown may be old.',
};
