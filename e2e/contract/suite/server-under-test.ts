import { z } from 'zod';

/** Where the seconds stand in a schedule of six fields; `none` means that the server refuses such schedules. */
export type SecondsField = 'first' | 'last' | 'none';

/** What the runner tells the suite about a server; everything else is asked of the server itself. */
export const targetSchema = z.object({
  url: z.url(),
  key: z.string().nullable(),
  /** The graph the crons run. `probe` is the graph of this suite, whose input chooses its behaviour. */
  graph: z.string().nullable(),
  /** Whether this server was configured to send webhooks to this machine; null where nobody knows. */
  loopbackWebhooks: z.enum(['allowed', 'refused']).nullable(),
  /** A Python with langgraph-sdk, for the examples in that language. */
  python: z.string().nullable(),
});
export type Target = z.infer<typeof targetSchema>;

/** The server as it introduced itself, plus what was found out by asking. */
export type ServerUnderTest = Target & {
  readonly name: 'langgraph-api' | 'aegra' | 'crondeck' | 'unknown';
  readonly version: string;
  readonly graph: string;
  /** Which graphs are there: this suite's, those of Crondeck's local deployment, or somebody's own. */
  readonly agents: 'probe' | 'samples' | 'own';
  readonly seconds: SecondsField;
};

declare module 'vitest' {
  interface ProvidedContext {
    server: ServerUnderTest;
  }
}
