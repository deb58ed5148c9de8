import { createParser, createSerializer, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs';
import { runStatuses } from '@/lib/crons/run';

/** Time spans to choose from, in hours; 0 is everything that is kept. */
export const runSpans = ['24', '168', '720', '0'] as const;
export type RunSpan = (typeof runSpans)[number];
const orders = ['attention', 'newest'] as const;

const minute = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/;

/** An instant on a full minute as a link has it: "2026-11-21T14:00Z". */
export const parseAsMinute = createParser<number>({
  parse: (text) => {
    const atMs = minute.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(atMs) ? null : atMs;
  },
  serialize: (atMs) => `${new Date(atMs).toISOString().slice(0, 16)}Z`,
});

/** Which runs a link shows. `from` and `to` together stand in place of `hours`. */
export const runUrlParsers = {
  status: parseAsArrayOf(parseAsStringLiteral(runStatuses)).withDefault([]),
  assistant: parseAsArrayOf(parseAsString).withDefault([]),
  cron: parseAsString,
  hours: parseAsStringLiteral(runSpans).withDefault('24'),
  from: parseAsMinute,
  to: parseAsMinute,
  order: parseAsStringLiteral(orders).withDefault('attention'),
};

/** Puts a filter of runs behind an address. */
export const runsUrl = createSerializer(runUrlParsers);
