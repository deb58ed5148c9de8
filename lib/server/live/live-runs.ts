import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { LiveRun } from '@/lib/crons/run';
import { cleanText } from '@/lib/crons/clean-text';
import { endedTrial, startedTrial, trialAnswer, trialEvent, type Trial } from '@/lib/crons/trial';
import type { Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';

/** Joins the event stream of a run on the deployment. Closing it must not cancel the run. */
export type JoinRun = (signal: AbortSignal) => Promise<Result<Response, UpstreamProblem>>;

type Joined = {
  trial: Trial;
  state: LiveRun['state'];
  readMs: number;
  readonly leave: AbortController;
};

/** Nobody has asked for so long: a page that reloads finds what it saw before. */
const leaveAfterMs = 15_000;
const mostJoined = 100;
/** A single event holds a whole state; beyond this the page only says that it runs. */
const largestEvent = 16 * 1024 * 1024;
const longestAnswer = 8_000;

/**
 * The runs that somebody watches, each joined once however many watch it: some servers hand every event to one reader only.
 * What comes is condensed to how far it is and what it says, so that no page has to take in whole states.
 */
export class LiveRuns {
  private readonly joined = new Map<string, Joined>();

  constructor(private readonly now: () => number) {}

  /** How far a run is. The first question joins it; it is left when nobody asks any more. */
  read(key: string, join: JoinRun): LiveRun {
    const nowMs = this.now();
    let joined = this.joined.get(key);
    if (joined === undefined && this.joined.size < mostJoined) {
      joined = { trial: startedTrial(nowMs), state: 'joining', readMs: nowMs, leave: new AbortController() };
      this.joined.set(key, joined);
      void this.follow(joined, join);
    }
    if (joined === undefined) return { state: 'not-live', steps: 0, answer: '', problem: null };
    joined.readMs = nowMs;
    return condensed(joined);
  }

  /** Leaves all of them; the runs go on. */
  stop(): void {
    for (const { leave } of this.joined.values()) leave.abort();
    this.joined.clear();
  }

  /** Leaves those that nobody watches any more; called now and then. */
  leaveUnread(): void {
    for (const [key, { readMs, leave }] of this.joined) {
      if (this.now() - readMs < leaveAfterMs) continue;
      leave.abort();
      this.joined.delete(key);
    }
  }

  private async follow(joined: Joined, join: JoinRun): Promise<void> {
    try {
      const opened = await join(joined.leave.signal);
      const body = opened.ok ? opened.value.body : null;
      if (body === null) {
        joined.state = 'not-live';
        return;
      }
      joined.state = 'running';
      const events = body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream({ maxBufferSize: largestEvent }))
        .getReader();
      for (let next = await events.read(); !next.done; next = await events.read()) {
        joined.trial = trialEvent(joined.trial, next.value.event ?? 'message', next.value.data);
      }
      joined.trial = endedTrial(joined.trial, this.now());
      joined.state = 'ended';
    } catch {
      // The stream broke off or became too large: the ledger follows the run all the same.
      joined.state = 'not-live';
    }
  }
}

function condensed({ trial, state }: Joined): LiveRun {
  const said = trialAnswer(trial);
  return {
    state,
    steps: trial.steps,
    answer: (said === '' ? stateText(trial.values) : said).slice(-longestAnswer),
    problem: trial.problem === null ? null : cleanText(trial.problem.message, 500),
  };
}

/** The state of a graph without messages, in short. */
function stateText(values: unknown): string {
  if (typeof values !== 'object' || values === null || 'messages' in values) return '';
  return cleanText(JSON.stringify(values), 600);
}
