const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** From where on something is a finding. One place, so that screens and alerts can say the same numbers. */
export const healthLimits = {
  /** This many runs in a row failed. */
  failedInARow: 3,
  /** Of the last so many runs, at least so many switched between success and failure. */
  flappingRuns: 10,
  flappingSwitches: 4,
  /** This many successful runs in a row brought the same result. */
  unchangedResults: 10,
  /** Runs known before a usual duration is concluded. */
  runsForDuration: 3,
  /** Runs waiting or running at the same time. */
  runsAtOnce: 3,
  /** Runs that should have happened and did not, before a silent skip is concluded. */
  skippedRuns: 2,
  pausedMs: 30 * dayMs,
  /** Messages on a fixed thread whose token growth is not known. */
  threadMessages: 200,
  keptThreads: 100,
  /** After a deployment changed, runs may need this long to start again. */
  deployGraceMs: 10 * minuteMs,
} as const;
