import type { Capabilities, ServerKind } from '@/lib/crons/deployment';

export type CapabilityLine = { readonly can: boolean; readonly text: string };

/** What a server lets people do, and what happens instead where it does not. */
export function capabilityLines(capabilities: Capabilities): readonly CapabilityLine[] {
  const line = (can: boolean, yes: string, no: string): CapabilityLine => ({ can, text: can ? yes : no });
  return [
    line(
      capabilities.patch,
      'Crons can be changed in place.',
      'Crons cannot be changed: an edit makes a new cron and deletes the old one.',
    ),
    line(
      capabilities.enabled,
      'Crons can be paused and resumed.',
      'Crons cannot be paused, so pausing is not offered.',
    ),
    line(capabilities.timezone, 'Schedules have a time zone of their own.', 'Schedules run in UTC only.'),
    line(
      capabilities.metadataFilter,
      'It can search by metadata.',
      'It cannot search by metadata; Crondeck searches by itself.',
    ),
    line(
      capabilities.getCron,
      'It shows single crons.',
      'It does not show single crons; Crondeck finds them in the list.',
    ),
    line(capabilities.count, 'It counts crons.', 'It does not count crons; Crondeck reads them all.'),
    line(
      capabilities.firings,
      'It lists each firing, so runs are known for certain.',
      'It does not list firings; what ran is worked out from threads and runs.',
    ),
  ];
}

/** The server by the name people know it under. */
export function serverName(kind: ServerKind): string {
  switch (kind) {
    case 'crondeck-engine':
      return 'Crondeck’s local deployment';
    case 'langgraph':
      return 'LangGraph Agent Server';
    case 'langgraph-js':
      return 'LangGraph Agent Server (JavaScript)';
    case 'aegra':
      return 'Aegra';
    case 'unknown':
      return 'A server that speaks the Agent Server API';
  }
}
