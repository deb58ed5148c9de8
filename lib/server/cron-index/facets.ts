import {
  cronStatusCodes,
  frequencyBands,
  targetKinds,
  type CronFacetName,
  type CronFilter,
  type FacetValue,
} from '@/lib/crons/cron-list';
import type { CronSet } from './cron-set';
import { findingFacet } from './finding-facet';
import type { NameTable } from './name-table';
import type { TextMatch } from './text-match';

const mostValues = 50;

type Numbers = Uint8Array | Int32Array;

/** One facet over the columns. Value -1 is "none", so counts and choices are kept one place further on. */
type Facet = {
  readonly name: CronFacetName;
  /** Value number by slot, or, with `through`, the number to look up there. */
  readonly column: Numbers;
  readonly through: Numbers | null;
  /** Null where nothing is chosen; else 1 for each chosen value, "none" first. */
  readonly chosen: Uint8Array | null;
  readonly counts: Uint32Array;
  readonly valueOf: (number: number) => { readonly value: string; readonly label: string };
};

const labels: Readonly<Record<string, string>> = {
  active: 'Active',
  paused: 'Paused',
  ended: 'Ended',
  overdue: 'Overdue',
  orphaned: 'Orphaned',
  'never-runs': 'Never runs',
  unreadable: 'Unreadable',
  thread: 'One thread',
  'new-thread-kept': 'New thread, kept',
  'new-thread-deleted': 'New thread, deleted',
  rare: 'Less than daily',
  daily: 'Daily or more',
  hourly: 'Hourly or more',
  frequent: 'Every 5 minutes or faster',
};

function named(value: string): { readonly value: string; readonly label: string } {
  return { value, label: labels[value] ?? value };
}

type FacetSource = Pick<Facet, 'name' | 'column' | 'valueOf'> & {
  readonly through?: Numbers;
  /** How many values there are. */
  readonly values: number;
  readonly numberOf: (value: string) => number | undefined;
};

function aFacet(source: FacetSource, chosenValues: readonly string[]): Facet {
  const { name, column, through = null, values, numberOf, valueOf } = source;
  const chosen = chosenValues.length > 0 ? new Uint8Array(values + 1) : null;
  for (const value of chosenValues) {
    const number = value === '' ? -1 : numberOf(value);
    if (chosen !== null && number !== undefined) chosen[number + 1] = 1;
  }
  return { name, column, through, chosen, counts: new Uint32Array(values + 1), valueOf };
}

/** The source of a facet whose values are a fixed list of words. */
function words<T extends string>(list: readonly T[]): Pick<FacetSource, 'values' | 'numberOf' | 'valueOf'> {
  return {
    values: list.length,
    numberOf: (value) => {
      const number = list.indexOf(value as T);
      return number < 0 ? undefined : number;
    },
    valueOf: (number) => named(list[number] as string),
  };
}

/** The source of a facet whose values are assistants or threads. */
function things(table: NameTable): Pick<FacetSource, 'values' | 'numberOf' | 'valueOf'> {
  return {
    values: table.things.length,
    numberOf: (id) => table.numberOf(id),
    valueOf: (number) => ({ value: table.at(number).id, label: table.at(number).name }),
  };
}

function facetsOf(set: CronSet, filter: CronFilter): readonly Facet[] {
  const { columns, schedules, assistants, threads, owners } = set;
  const { schedule: column } = columns;
  const owner = {
    values: owners.values.length,
    numberOf: (value: string) => owners.numberOf(value),
    valueOf: (number: number) =>
      number < 0 ? { value: '', label: 'Nobody' } : named(owners.values[number] as string),
  };
  const zones = schedules.zones.values;
  return [
    aFacet({ name: 'status', column: columns.status, ...words(cronStatusCodes) }, filter.status),
    aFacet({ name: 'assistant', column: columns.assistant, ...things(assistants) }, filter.assistant),
    aFacet({ name: 'thread', column: columns.thread, ...things(threads) }, filter.thread),
    aFacet({ name: 'target', column: columns.target, ...words(targetKinds) }, filter.target),
    aFacet({ name: 'often', column, through: schedules.bandOf, ...words(frequencyBands) }, filter.often),
    aFacet({ name: 'zone', column, through: schedules.zoneOf, ...words(zones) }, filter.zone),
    aFacet({ name: 'owner', column: columns.owner, ...owner }, filter.owner),
  ];
}

function listValues(facet: Facet): readonly FacetValue[] {
  const found: number[] = [];
  for (let index = facet.name === 'owner' ? 0 : 1; index < facet.counts.length; index += 1) {
    if ((facet.counts[index] as number) > 0 || facet.chosen?.[index] === 1) found.push(index);
  }
  found.sort((a, b) => (facet.counts[b] as number) - (facet.counts[a] as number) || a - b);
  // A chosen value stays visible however rare it is: otherwise it could not be unchosen.
  const shown = found.filter((index, place) => place < mostValues || facet.chosen?.[index] === 1);
  return shown.map((index) => ({ ...facet.valueOf(index - 1), count: facet.counts[index] as number }));
}

export type FacetedMatches = {
  /** By slot; see isMatch. */
  readonly states: Uint8Array;
  readonly matching: number;
  readonly facets: Readonly<Record<CronFacetName, readonly FacetValue[]>>;
};

/** What is left of a slot after filtering: nothing, all of it, or (from `onlyFails` on) all but one facet. */
const out = 0;
const inside = 1;
const onlyFails = 2;

function applyChoice(facet: Facet, place: number, states: Uint8Array): void {
  const { column, through, chosen } = facet;
  if (chosen === null) return;
  for (let slot = 0; slot < states.length; slot += 1) {
    if (states[slot] === out) continue;
    const number = column[slot] as number;
    if (chosen[(through === null ? number : (through[number] as number)) + 1] === 1) continue;
    states[slot] = states[slot] === inside ? onlyFails + place : out;
  }
}

function countValues(facet: Facet, place: number, states: Uint8Array): void {
  const { column, through, counts } = facet;
  for (let slot = 0; slot < states.length; slot += 1) {
    const state = states[slot];
    if (state !== inside && state !== onlyFails + place) continue;
    const number = column[slot] as number;
    const index = (through === null ? number : (through[number] as number)) + 1;
    counts[index] = (counts[index] as number) + 1;
  }
}

/**
 * Filters all slots and counts each facet with its own choice left out. A slot that fails two facets counts nowhere, so
 * the costly look into its text is only made where at most one fails.
 */
export function filterAndCount(set: CronSet, filter: CronFilter, textMatches: TextMatch): FacetedMatches {
  const { columns } = set;
  const facets = facetsOf(set, filter);
  const states = columns.alive.slice(0, columns.used);
  for (const [place, facet] of facets.entries()) applyChoice(facet, place, states);
  // A cron can have several findings, so they are no column of one number each.
  const finding = findingFacet(set, filter.finding);
  const findingPlace = facets.length;
  if (finding.accepts !== null) {
    for (let slot = 0; slot < states.length; slot += 1) {
      if (states[slot] === out || finding.accepts(slot)) continue;
      states[slot] = states[slot] === inside ? onlyFails + findingPlace : out;
    }
  }
  let matching = 0;
  for (let slot = 0; slot < states.length; slot += 1) {
    if (states[slot] === out) continue;
    if (textMatches !== null && !textMatches(slot)) states[slot] = out;
    else if (states[slot] === inside) matching += 1;
  }
  for (const [place, facet] of facets.entries()) countValues(facet, place, states);
  const counted: Partial<Record<CronFacetName, readonly FacetValue[]>> = {
    finding: finding.count((slot) => states[slot] === inside || states[slot] === onlyFails + findingPlace),
  };
  for (const facet of facets) counted[facet.name] = listValues(facet);
  return { states, matching, facets: counted as FacetedMatches['facets'] };
}

/** Whether the slot matches everything. */
export function isMatch(matches: FacetedMatches, slot: number): boolean {
  return matches.states[slot] === inside;
}
