import { z } from 'zod';
import { mustBe, sendTo } from './exchange';
import type { SecondsField, ServerUnderTest, Target } from './server-under-test';

const infoSchema = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  langgraph_py_version: z.string().optional(),
  crondeck: z.unknown().optional(),
});
const assistantsSchema = z.array(z.looseObject({ assistant_id: z.string(), graph_id: z.string() }));

const samples = ['slow', 'flaky'];

/** Finds out who answers at the address, which graph to run and how it reads six fields. Throws where nothing answers. */
export async function askServer(target: Target): Promise<ServerUnderTest> {
  const identity = await identify(target);
  const search = await sendTo(target, 'POST', '/assistants/search', { limit: 100 });
  const graphs = assistantsSchema.parse(mustBe(200, search).body).map((assistant) => assistant.graph_id);
  const graph = target.graph ?? (graphs.includes('probe') ? 'probe' : graphs[0]);
  if (!graph) throw new Error(`${target.url} has no assistant: deploy a graph, or name one with --graph.`);
  return {
    ...target,
    ...identity,
    graph,
    agents: graph === 'probe' ? 'probe' : samples.every((name) => graphs.includes(name)) ? 'samples' : 'own',
    seconds: await secondsField(target, graph),
  };
}

/** Who answers at the address, by its own word. */
export async function identify(
  target: Pick<Target, 'url' | 'key'>,
): Promise<Pick<ServerUnderTest, 'name' | 'version'>> {
  const info = infoSchema.parse(mustBe(200, await sendTo(target, 'GET', '/info')).body);
  const version = info.version ?? '0';
  if (info.name === 'Aegra') return { name: 'aegra', version };
  if (info.crondeck !== undefined) return { name: 'crondeck', version };
  if (info.langgraph_py_version !== undefined) return { name: 'langgraph-api', version };
  return { name: 'unknown', version };
}

/** Asks with a paused cron whose seconds, minutes and hours cannot be confused. */
async function secondsField(target: Target, graph: string): Promise<SecondsField> {
  const reply = await sendTo(target, 'POST', '/runs/crons', {
    assistant_id: graph,
    schedule: '27 15 * * * 5',
    input: { messages: [] },
    enabled: false,
  });
  if (reply.status !== 200) return 'none';
  const cron = z.looseObject({ cron_id: z.string(), next_run_date: z.string() }).parse(reply.body);
  await sendTo(target, 'DELETE', `/runs/crons/${cron.cron_id}`);
  return new Date(cron.next_run_date).getUTCSeconds() === 5 ? 'last' : 'first';
}
