import 'server-only';
import { z } from 'zod';
import type { Capabilities, DeploymentProblemCode, ServerKind } from '@/lib/crons/deployment';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { CallOptions, DeploymentClient } from './deployment-client';
import type { UpstreamProblem } from './upstream-problem';

export type ServerAnswers = {
  readonly kind: ServerKind;
  readonly version: string | null;
  /** Mark of what is deployed: the host's revision, and the versions of the server and of LangGraph. */
  readonly revision: string | null;
  readonly capabilities: Capabilities;
};
export type ProbeProblem = Problem<DeploymentProblemCode>;

const infoSchema = z.object({
  version: z.string().nullish().catch(null),
  name: z.string().nullish().catch(null),
  context: z.string().nullish().catch(null),
  langgraph_py_version: z.string().nullish().catch(null),
  langgraph_js_version: z.string().nullish().catch(null),
  /** Of hosted deployments only. */
  host: z
    .object({
      revision_id: z.string().nullish().catch(null),
      host_revision_id: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
  flags: z.record(z.string(), z.unknown()).nullish().catch(null),
  /** Our own engine names itself; it lists the firings of a cron. */
  crondeck: z
    .object({ engine: z.literal(true) })
    .nullish()
    .catch(null),
});
type Info = z.infer<typeof infoSchema>;

const probeTimeoutMs = 8_000;

/** Whether version `a` ("0.16.7", "0.10.0rc1") is at least `b`; what cannot be read is not. */
export function isAtLeast(a: string | null, b: string): boolean {
  const numbers = (text: string) =>
    /^v?(\d+)\.(\d+)(?:\.(\d+))?/
      .exec(text)
      ?.slice(1)
      .map((part) => Number(part ?? 0));
  const left = a === null ? undefined : numbers(a);
  const right = numbers(b) ?? [];
  if (!left) return false;
  for (const [place, number] of right.entries()) {
    const difference = (left[place] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function kindOf(info: Info | null): ServerKind {
  if (info === null) return 'unknown';
  if (info.crondeck) return 'crondeck-engine';
  if (info.name === 'Aegra') return 'aegra';
  if (info.context === 'js' || info.langgraph_js_version) return 'langgraph-js';
  return info.langgraph_py_version ? 'langgraph' : 'unknown';
}

function revisionOf(info: Info | null): string | null {
  const parts = [
    info?.host?.revision_id,
    info?.host?.host_revision_id,
    info?.version,
    info?.langgraph_py_version,
    info?.langgraph_js_version,
  ];
  return parts.some((part) => typeof part === 'string') ? parts.map((part) => part ?? '').join(' ') : null;
}

/** What follows from the kind and version; count and select are asked for instead. */
function capabilitiesOf(kind: ServerKind, info: Info | null): Omit<Capabilities, 'count' | 'select'> {
  const version = info?.version ?? null;
  const firings = kind === 'crondeck-engine';
  switch (kind) {
    case 'crondeck-engine':
      return { patch: true, enabled: true, timezone: true, metadataFilter: true, getCron: true, firings };
    case 'langgraph':
    case 'langgraph-js':
      return {
        patch: isAtLeast(version, '0.7.21'),
        enabled: isAtLeast(version, '0.7.15') && isAtLeast(version, '0.7.21'),
        timezone: isAtLeast(version, '0.7.69'),
        metadataFilter: isAtLeast(version, '0.9.0'),
        getCron: isAtLeast(version, '0.10.0'),
        firings,
      };
    case 'aegra':
      return {
        patch: true,
        enabled: true,
        timezone: true,
        metadataFilter: isAtLeast(version, '0.11.0'),
        getCron: false,
        firings,
      };
    case 'unknown':
      // Offered, and refused by the server where it cannot: nothing tells beforehand.
      return { patch: true, enabled: true, timezone: true, metadataFilter: false, getCron: true, firings };
  }
}

function problemOf(problem: UpstreamProblem): ProbeProblem {
  const { code, message, hint } = problem;
  switch (code) {
    case 'unauthorised':
      return { code: 'unauthorised', message, hint };
    case 'unreachable':
    case 'timeout':
    case 'cancelled':
      return { code: 'unreachable', message, hint };
    case 'not-found':
    case 'refused':
    case 'rate-limited':
    case 'failing':
    case 'unexpected-reply':
      return { code: 'failing', message, hint };
  }
}

function noCrons(kind: ServerKind): ProbeProblem {
  const js = kind === 'langgraph-js';
  return {
    code: 'no-crons',
    message: js
      ? 'This is the JavaScript development server, which does not offer crons.'
      : 'This server does not offer crons.',
    hint: js
      ? 'Use the local deployment of Crondeck (npm start without LANGGRAPH_API_URL): it is the same server with crons added.'
      : 'Crons need a LangSmith Deployment, a self-hosted Agent Server of a plan with crons, langgraph dev, or Aegra.',
  };
}

/** Statuses an Agent Server without crons answers a search with; 400 comes from the JavaScript server's validation. */
const unsupportedStatuses = new Set([400, 404, 405, 500, 501]);

/** Whether, with no cron to show it, selecting columns can be taken for granted. */
function followsContract(kind: ServerKind): boolean {
  return kind === 'crondeck-engine' || kind === 'langgraph';
}

async function selects(client: DeploymentClient, call: CallOptions): Promise<boolean> {
  const reply = await client.searchCrons({ limit: 1, select: ['cron_id'] }, call);
  const first = reply.ok ? reply.value[0] : null;
  return typeof first === 'object' && first !== null && Object.keys(first).length === 1;
}

/**
 * Asks a server what it is and what it can do: first /info, then a search for one cron, then count and select. Uses no
 * SDK, because SDKs repeat failing requests for many seconds.
 */
export async function probeServer(client: DeploymentClient): Promise<Result<ServerAnswers, ProbeProblem>> {
  const call = { timeoutMs: probeTimeoutMs };
  const asked = await client.info(call);
  if (!asked.ok && ['unreachable', 'timeout', 'unauthorised'].includes(asked.error.code))
    return err(problemOf(asked.error));
  const info = asked.ok ? (infoSchema.safeParse(asked.value).data ?? null) : null;
  const kind = kindOf(info);
  if (info?.flags?.crons === false) return err(noCrons(kind));

  const found = await client.searchCrons({ limit: 1 }, call);
  if (!found.ok) {
    const { status, code } = found.error;
    const unsupported =
      status !== undefined &&
      unsupportedStatuses.has(status) &&
      (status !== 500 || /not implemented/i.test(found.error.message));
    return err(unsupported && code !== 'unauthorised' ? noCrons(kind) : problemOf(found.error));
  }
  const count = await client.countCrons(call);
  const select = found.value.length === 0 ? followsContract(kind) : await selects(client, call);
  return ok({
    kind,
    version: info?.version ?? null,
    revision: revisionOf(info),
    capabilities: { ...capabilitiesOf(kind, info), count: count.ok, select },
  });
}
