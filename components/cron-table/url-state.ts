import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs';
import {
  cronGroupings,
  cronSortColumns,
  cronStatusCodes,
  frequencyBands,
  targetKinds,
  type CronFacetName,
  type CronFilter,
  type CronQuery,
} from '@/lib/crons/cron-list';

const texts = parseAsArrayOf(parseAsString).withDefault([]);
const oneOf = <const Value extends string>(values: readonly Value[]) =>
  parseAsArrayOf(parseAsStringLiteral(values)).withDefault([]);

/** The filter in a link, here and in the calendar. Lists are separated by commas. */
export const filterUrlParsers = {
  q: parseAsString.withDefault(''),
  status: oneOf(cronStatusCodes),
  assistant: texts,
  thread: texts,
  target: oneOf(targetKinds),
  often: oneOf(frequencyBands),
  zone: texts,
  owner: texts,
  finding: texts,
};

/** What of the table a link carries. */
export const cronUrlParsers = {
  ...filterUrlParsers,
  sort: parseAsStringLiteral(cronSortColumns).withDefault('next-run'),
  order: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  group: parseAsStringLiteral(cronGroupings).withDefault('none'),
};

/** Everything but the window: what nuqs reads with these parsers. */
export type CronUrlState = Omit<CronQuery, 'offset' | 'limit'>;

const emptyFacets: Record<CronFacetName, null> = {
  status: null,
  assistant: null,
  thread: null,
  target: null,
  often: null,
  zone: null,
  owner: null,
  finding: null,
};

/** The change that shows everything again. */
export const clearedFilter = { q: null, ...emptyFacets };

export function filterOf({ sort: _sort, order: _order, group: _group, ...filter }: CronUrlState): CronFilter {
  return { ...filter, q: filter.q.slice(0, 500) };
}

/** Whether anything is left out by the filter. */
export function hasFilter(filter: CronFilter): boolean {
  return Object.values(filter).some((value) => value.length > 0);
}

type Parsers = Readonly<Record<string, { readonly parse: (text: string) => unknown }>>;

/** Parameters of a link that say nothing here: unknown names, and known ones whose value does not fit. */
export function ignoredParameters(
  params: URLSearchParams,
  parsers: Parsers = cronUrlParsers,
): readonly string[] {
  const ignored: string[] = [];
  for (const name of new Set(params.keys())) {
    const parser = Object.hasOwn(parsers, name) ? parsers[name] : undefined;
    const text = params.get(name) ?? '';
    if (parser === undefined || parser.parse(text) === null || lostItems(parser.parse(text), text))
      ignored.push(name);
  }
  return ignored;
}

// A list drops the items that do not fit and keeps the rest.
function lostItems(value: unknown, text: string): boolean {
  return Array.isArray(value) && value.length < text.split(',').length;
}
