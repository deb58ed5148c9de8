/** Something crons point at, by number: an assistant or a thread. */
export type NamedThing = {
  readonly id: string;
  /** What people see; until the name is known a placeholder that is no bare id. */
  readonly name: string;
  readonly graphId: string | null;
  readonly gone: boolean;
  /** Of a thread, as the deployment last said; null for an assistant and where it was not said. */
  readonly status: ThreadStatus | null;
  /** Of an assistant that was changed after it was made: when (epoch ms, the deployment's clock). */
  readonly changedMs: number | null;
};

export type ThreadStatus = 'idle' | 'busy' | 'interrupted' | 'error';

export type LearnedName = {
  readonly name: string;
  readonly graphId: string | null;
  readonly status?: ThreadStatus | null;
  readonly changedMs?: number | null;
};

/** Assistants or threads that crons point at, numbered in order of appearance, with the names learned so far. */
export class NameTable {
  readonly things: NamedThing[] = [];
  /** Lower-case text the search looks into, by number. */
  readonly searchTexts: string[] = [];
  /** 1 where the deployment has said that it does not exist, by number. */
  gone = new Uint8Array(64);
  /** Goes up whenever something was learned. */
  version = 0;
  private readonly numbers = new Map<string, number>();
  private readonly askedMs: number[] = [];

  constructor(private readonly placeholder: (id: string) => string) {}

  intern(id: string): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    const number = this.things.length;
    this.numbers.set(id, number);
    this.things.push({
      id,
      name: this.placeholder(id),
      graphId: null,
      gone: false,
      status: null,
      changedMs: null,
    });
    this.searchTexts.push('');
    this.askedMs.push(Number.NEGATIVE_INFINITY);
    if (number >= this.gone.length) {
      const larger = new Uint8Array(this.gone.length * 2);
      larger.set(this.gone);
      this.gone = larger;
    }
    return number;
  }

  numberOf(id: string): number | undefined {
    return this.numbers.get(id);
  }

  at(number: number): NamedThing {
    const thing = this.things[number];
    if (!thing) throw new RangeError(`nothing with number ${number}`);
    return thing;
  }

  learn(id: string, learned: LearnedName, nowMs: number): void {
    const number = this.intern(id);
    const before = this.at(number);
    this.askedMs[number] = nowMs;
    const { name, graphId, status = null, changedMs = null } = learned;
    if (
      before.name === name &&
      before.graphId === graphId &&
      before.status === status &&
      before.changedMs === changedMs &&
      !before.gone &&
      this.searchTexts[number] !== ''
    )
      return;
    this.things[number] = { id, name, graphId, gone: false, status, changedMs };
    this.searchTexts[number] = `${name}\n${graphId ?? ''}`.toLowerCase();
    this.gone[number] = 0;
    this.version += 1;
  }

  /** Only for a definite answer of the deployment, never because something could not be fetched. */
  markGone(id: string, nowMs: number): void {
    const number = this.intern(id);
    const before = this.at(number);
    this.askedMs[number] = nowMs;
    if (before.gone) return;
    this.things[number] = { ...before, gone: true };
    this.gone[number] = 1;
    this.version += 1;
  }

  /** Notes that the deployment was asked and the answer left open. */
  markAsked(id: string, nowMs: number): void {
    this.askedMs[this.intern(id)] = nowMs;
  }

  /** Has the deployment asked again at the next occasion, before those that are only old. */
  markStale(id: string): void {
    this.askedMs[this.intern(id)] = Number.NEGATIVE_INFINITY;
  }

  /** Up to `most` ids that were not asked for since `sinceMs`, those never asked for first. */
  stale(sinceMs: number, most: number): string[] {
    const never: string[] = [];
    const old: string[] = [];
    for (const [number, asked] of this.askedMs.entries()) {
      if (asked >= sinceMs) continue;
      const list = asked === Number.NEGATIVE_INFINITY ? never : old;
      if (list.length < most) list.push(this.at(number).id);
      if (never.length === most) break;
    }
    return [...never, ...old].slice(0, most);
  }
}
