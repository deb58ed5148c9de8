type NumberColumn = Uint8Array | Uint32Array | Int32Array | Float64Array;

const floatColumns = [
  'nextRunMs',
  'endMs',
  'createdMs',
  'updatedMs',
  'seenMs',
  'editedMs',
  'monthRuns',
  'monthMicros',
  'lastRunMs',
] as const;

const byteColumns = [
  'alive',
  'enabled',
  'named',
  'target',
  'status',
  'findable',
  'measured',
  'lastRunStatus',
  'atLeast',
] as const;

/** Writes a value and says whether it is another one. */
export function put(column: NumberColumn, slot: number, value: number): boolean {
  if (Object.is(column[slot], value)) return false;
  column[slot] = value;
  return true;
}

/**
 * A typed array per field of the crons of a deployment: a hundred thousand of them are filtered in about a millisecond.
 * Missing instants are NaN, a missing thread or owner is -1.
 */
export class NumberColumns {
  alive = new Uint8Array(0);
  enabled = new Uint8Array(0);
  named = new Uint8Array(0);
  target = new Uint8Array(0);
  status = new Uint8Array(0);
  assistant = new Int32Array(0);
  thread = new Int32Array(0);
  schedule = new Int32Array(0);
  owner = new Int32Array(0);
  nextRunMs = new Float64Array(0);
  endMs = new Float64Array(0);
  createdMs = new Float64Array(0);
  updatedMs = new Float64Array(0);
  /** When the server last said something about the cron (time of asking). */
  seenMs = new Float64Array(0);
  /** When it was last changed from here; older answers still under way must not undo that. */
  editedMs = new Float64Array(0);
  /** One bit for each kind of finding, in the order of findingCodes. */
  findings = new Uint32Array(0);
  /** Runs and cost (millionths) of the next 30 days; NaN where not known. */
  monthRuns = new Float64Array(0);
  monthMicros = new Float64Array(0);
  /** 1 where the threads its runs leave can be found: they are kept and carry its id. */
  findable = new Uint8Array(0);
  /** 1 where those threads are deleted once they have been measured. */
  measured = new Uint8Array(0);
  /** The latest run that is known: when it was due or began, NaN for none, and its status as a number of runStatuses. */
  lastRunMs = new Float64Array(0);
  lastRunStatus = new Uint8Array(0);
  /** 1 where the cost is a lower bound. */
  atLeast = new Uint8Array(0);

  /** Makes room for more slots. */
  protected grow(): void {
    const length = Math.max(256, this.alive.length * 2);
    const grown = <T extends NumberColumn>(column: T, make: (length: number) => T): T => {
      const larger = make(length);
      larger.set(column);
      return larger;
    };
    const bytes = (column: Uint8Array) => grown(column, (size) => new Uint8Array(size));
    const ints = (column: Int32Array) => grown(column, (size) => new Int32Array(size));
    const floats = (column: Float64Array) => grown(column, (size) => new Float64Array(size));
    for (const key of byteColumns) this[key] = bytes(this[key]) as typeof this.alive;
    for (const key of ['assistant', 'thread', 'schedule', 'owner'] as const)
      this[key] = ints(this[key]) as typeof this.thread;
    for (const key of floatColumns) this[key] = floats(this[key]) as typeof this.endMs;
    this.findings = grown(this.findings, (size) => new Uint32Array(size)) as typeof this.findings;
  }
}
