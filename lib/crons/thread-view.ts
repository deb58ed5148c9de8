import type { ThreadId } from './ids';

export type ThreadMessage = {
  readonly who: 'person' | 'agent' | 'tool' | 'system' | 'other';
  /** Of the tool or the agent, where it has one; foreign text made safe. */
  readonly name: string | null;
  /** What it says, with its line breaks; foreign text made safe and cut. */
  readonly text: string;
  /** Tools the agent asked for with it. */
  readonly calls: readonly string[];
};

/** What a thread holds, for somebody to read. All texts are foreign, made safe and cut. */
export type ThreadView =
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'there';
      readonly threadId: ThreadId;
      /** `run`: as it was at the end of the run that was asked about; `now`: as it is, where no such state is kept. */
      readonly asOf: 'run' | 'now';
      /** When that state was written (epoch ms); null where it does not say. */
      readonly atMs: number | null;
      /** The thread as such waits for an answer now. */
      readonly waits: boolean;
      readonly questions: readonly string[];
      readonly error: string | null;
      /** Nodes it would go on with; none once it is through. */
      readonly next: readonly string[];
      /** The latest messages, the oldest of them first, and how many came before. */
      readonly messages: readonly ThreadMessage[];
      readonly earlier: number;
      /** Everything else of its state. */
      readonly values: readonly { readonly name: string; readonly text: string }[];
    };
