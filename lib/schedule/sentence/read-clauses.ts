import { emptyClause, type Clause } from '@/lib/schedule/sentence/clause';
import { readDays } from '@/lib/schedule/sentence/read-days';
import { readMonths } from '@/lib/schedule/sentence/read-months';
import {
  readFrequency,
  readHours,
  readPast,
  readTimes,
  readWindow,
} from '@/lib/schedule/sentence/read-times';
import type { Reader } from '@/lib/schedule/sentence/reader';

/** Reads the whole sentence as one or more clauses, or refuses it at the first word that does not fit. */
export function readClauses(reader: Reader): readonly Clause[] {
  reader.take('run|runs|start|starts');
  const clauses = [readClause(reader)];
  while (!reader.done) {
    if (!reader.takeJoint()) reader.refuse();
    clauses.push(readClause(reader));
  }
  return clauses;
}

/** The parts of a clause in any order, each at most once. Commas may stand between them. */
function readClause(reader: Reader): Clause {
  const clause = emptyClause();
  for (;;) {
    const read =
      readPart(reader, clause) ||
      reader.attempt(() => (reader.take(',') && readPart(reader, clause)) || null);
    if (!read) break;
  }
  const empty = !clause.days && !clause.times && !clause.frequency;
  // "monthly" alone is understood, but says neither day nor time; the builder asks for them.
  if (empty && !(clause.period && reader.done)) reader.refuse();
  return clause;
}

function readPart(reader: Reader, clause: Clause): boolean {
  const fill = <K extends keyof Clause>(
    key: K,
    without: readonly (keyof Clause)[],
    read: (reader: Reader) => Clause[K],
  ): boolean => {
    if ([key, ...without].some((taken) => clause[taken] !== null)) return false;
    const value = read(reader);
    if (value === null) return false;
    clause[key] = value;
    return true;
  };
  return (
    fill('period', [], readPeriod) ||
    // Minutes past the hour belong to "every hour"; beside times of day they would be a second time.
    fill('past', ['times'], readPast) ||
    fill('frequency', ['times'], readFrequency) ||
    fill('window', ['times'], readWindow) ||
    fill('hours', ['times', 'window'], readHours) ||
    fill('days', [], () => readDays(reader, clause.period === 'month')) ||
    fill('times', ['frequency'], readTimes) ||
    fill('months', [], readInMonths)
  );
}

/** "monthly on the 1st", "every year on 1 January": says nothing by itself, but must fit the days that follow. */
function readPeriod(reader: Reader): Clause['period'] {
  if (reader.take('weekly') || reader.take('every|each', 'week') || reader.take('once', 'a', 'week'))
    return 'week';
  if (reader.take('monthly') || reader.take('every|each', 'month') || reader.take('once', 'a', 'month'))
    return 'month';
  if (reader.take('yearly|annually') || reader.take('every|each', 'year') || reader.take('once', 'a', 'year'))
    return 'year';
  return null;
}

function readInMonths(reader: Reader): readonly number[] | null {
  return reader.attempt(() => {
    if (!reader.take('in|during|from')) return null;
    const months = readMonths(reader);
    return months.length > 0 ? months : null;
  });
}
