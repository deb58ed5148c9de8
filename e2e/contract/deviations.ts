import { aegra } from './deviations/aegra';
import type { Deviation } from './deviations/deviation';
import { langgraphApi } from './deviations/langgraph-api';
import type { ServerUnderTest } from './suite/server-under-test';

export const deviations: readonly Deviation[] = [
  ...langgraphApi,
  ...aegra,
  {
    server: 'crondeck',
    since: '1.5',
    cases: ['multitask/rollback'],
    seen: /^Error: never: the busy run is gone/,
    does: "LangChain's JS Agent Server, which runs the agents, leaves a rolled back run in the list as failed.",
    dashboard: 'Shows that run as failed; the cron itself did what it should.',
  },
];

const byVersion = new Intl.Collator('en', { numeric: true }).compare;

type Server = Pick<ServerUnderTest, 'name' | 'version'>;

/** All deviations listed for a server of this name and version. */
export function deviationsOf(server: Server): readonly Deviation[] {
  return deviations.filter(
    (deviation) =>
      deviation.server === server.name &&
      byVersion(server.version, deviation.since) >= 0 &&
      (deviation.until === undefined || byVersion(server.version, deviation.until) < 0),
  );
}

/** The deviation listed for a case of this server, if there is one. */
export function deviationOf(server: Server, id: string): Deviation | undefined {
  return deviationsOf(server).find((deviation) => deviation.cases.some((pattern) => matches(pattern, id)));
}

/** Whether the id is the pattern, in which a star stands for any text. */
export function matches(pattern: string, id: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === id;
  const tail = rest.join('*');
  return id.startsWith(head) && id.endsWith(tail) && id.length >= head.length + tail.length;
}
