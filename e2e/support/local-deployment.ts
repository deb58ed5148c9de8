import { Client } from '@langchain/langgraph-sdk';
import { z } from 'zod';

/** The local deployment the flows run against. */
export const localUrl = process.env.CRONDECK_E2E_LOCAL_URL ?? '';

/** The unmodified SDK, as a colleague's script would use it. */
export const sdk = new Client({ apiUrl: localUrl, callerOptions: { maxRetries: 0 } });

const firingSchema = z.object({
  status: z.string(),
  run_id: z.string().nullable(),
  thread_id: z.string().nullable(),
  scheduled_for: z.string(),
});
export type Firing = z.infer<typeof firingSchema>;

/** What the engine itself recorded of a cron's firings, newest first. */
export async function firingsOf(cronId: string): Promise<Firing[]> {
  const response = await fetch(`${localUrl}/crondeck/crons/${cronId}/firings`);
  return z.array(firingSchema).parse(await response.json());
}

/** Deletes every cron, so that flows do not see those of others. */
export async function deleteAllCrons(): Promise<void> {
  for (;;) {
    const crons = await sdk.crons.search({ limit: 100 });
    if (crons.length === 0) return;
    await Promise.all(crons.map((cron) => sdk.crons.delete(cron.cron_id)));
  }
}
