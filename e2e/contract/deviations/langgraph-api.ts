import type { Deviation } from './deviation';

const server = 'langgraph-api';
const since = '0.16.7';

/** What `langgraph dev` does otherwise: where it is broken our engine does what was meant. */
export const langgraphApi: readonly Deviation[] = [
  {
    server,
    since,
    cases: ['errors/assistant-missing', 'errors/schedule-missing'],
    seen: /500 Internal Server Error/,
    does: 'Answers 500 in plain text to a create without assistant_id or schedule.',
    dashboard:
      'Its form cannot leave them out; another 500 is shown as the failure of the server that it is.',
  },
  {
    server,
    since,
    cases: ['errors/end-time-text', 'patch/end-time-text'],
    seen: /-> 200 .*"end_time":"tomorrow"|"end_time":"tomorrow".*\n.*-> 200/,
    does: 'Takes any text as an end date.',
    dashboard: 'Sends full dates only, and shows an end date that it cannot read as the text it is.',
  },
  {
    server,
    since,
    cases: ['errors/patch-atomic'],
    seen: /'UTC', false/,
    does: 'A refused patch may have changed the zone already: it stores it before it looks at the schedule.',
    dashboard: 'Reads the cron again after every refused change.',
  },
  {
    server,
    since,
    cases: ['end-time/*'],
    seen: /^Error: never: 1 finished run/,
    does: 'One active cron with an end date stops the scheduler: no cron of the server fires until it is gone.',
    dashboard:
      'Takes an end date back at once when the server kept it as text, and names a cron that has one as the cause.',
  },
];
