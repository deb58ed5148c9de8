import { Refusal, type Clause, type Frequency } from '@/lib/schedule/sentence/clause';
import { readList, type Reader } from '@/lib/schedule/sentence/reader';

const MINUTE = 'minute|minutes|min|mins';
const HOUR = 'hour|hours|hr|hrs';

/** A time of day in minutes; `bare` allows "9" without minutes or am/pm. */
function readTime(reader: Reader, bare: boolean): { minutes: number; hourOnly: boolean } | null {
  const token = reader.peek();
  if (token?.kind === 'time') {
    reader.next();
    return { minutes: token.minutes, hourOnly: false };
  }
  if (token?.kind !== 'number' || !bare) return null;
  if (reader.word(1) === 'minutes' || reader.word(1) === 'minute' || reader.word(1) === 'times') return null;
  if (reader.peek(1)?.kind === 'month') return null;
  reader.next();
  reader.take("o'clock");
  if (token.value > 23) {
    throw new Refusal(
      'bad-time',
      `"${token.text}" is not an hour: they go from 0 to 23.`,
      'Write 9, 17:30 or 5 pm.',
      token.text,
    );
  }
  const part = readDayPart(reader);
  if (part === null) return { minutes: token.value * 60, hourOnly: true };
  if (token.value < 1 || token.value > 11) {
    throw new Refusal(
      'bad-time',
      `"${token.text} in the ${part}" is not clear.`,
      'Write the time as 17:30.',
      token.text,
    );
  }
  return { minutes: (token.value + (part === 'morning' ? 0 : 12)) * 60, hourOnly: false };
}

function readDayPart(reader: Reader): 'morning' | 'afternoon' | 'evening' | null {
  for (const part of ['morning', 'afternoon', 'evening'] as const) {
    if (reader.take('in', 'the', part)) return part;
  }
  return null;
}

/** "at 9 and 17:30", "noon", "23:55". */
export function readTimes(reader: Reader): readonly number[] | null {
  return reader.attempt(() => {
    const said = reader.take('at') || reader.take('@');
    const times = readList(reader, () => {
      reader.take('at');
      return readTime(reader, said);
    });
    if (times.length === 0) return null;
    // "5 and 9 pm" may mean 05:00 or 17:00.
    const afternoon = times.some((time) => !time.hourOnly && time.minutes >= 780);
    const unclear = times.some((time) => time.hourOnly && time.minutes > 0 && time.minutes <= 720);
    if (afternoon && unclear && saysHalf(reader, times.length)) {
      throw new Refusal(
        'ambiguous',
        'It is not clear whether all of these times are pm.',
        'Write am or pm after each time, or 17:00.',
      );
    }
    return times.map((time) => time.minutes);
  });
}

/** Whether one of the times just read was given with am or pm. */
function saysHalf(reader: Reader, count: number): boolean {
  for (let back = 1; back <= count * 3; back += 1) {
    const token = reader.peek(-back);
    if (token?.kind === 'time' && /[ap]\.?m\.?$/.test(token.text)) return true;
  }
  return false;
}

/** "every 15 minutes", "every hour", "hourly", "every half hour". */
export function readFrequency(reader: Reader): Frequency | null {
  if (reader.take('hourly')) return { every: 1, unit: 'hour' };
  return reader.attempt(() => {
    if (!reader.take('every|each')) return null;
    if (reader.take(MINUTE)) return { every: 1, unit: 'minute' };
    if (reader.take(HOUR)) return { every: 1, unit: 'hour' };
    if (reader.take('half', 'hour') || reader.take('half', 'an', 'hour'))
      return { every: 30, unit: 'minute' };
    if (reader.take('quarter', 'hour') || reader.take('quarter', 'of', 'an', 'hour'))
      return { every: 15, unit: 'minute' };
    if (reader.take('other', HOUR)) return { every: 2, unit: 'hour' };
    if (reader.take('other', MINUTE)) return { every: 2, unit: 'minute' };
    const token = reader.peek();
    if (token?.kind !== 'number') return null;
    reader.next();
    if (reader.take(MINUTE)) return { every: token.value, unit: 'minute' };
    if (reader.take(HOUR)) return { every: token.value, unit: 'hour' };
    return null;
  });
}

/** "at :30", "at :00 and :20 to :25", "at 15 minutes past", "on the hour", "at half past". */
export function readPast(reader: Reader): readonly number[] | null {
  if (reader.take('on', 'the', 'hour')) return [0];
  if (reader.take('on', 'the', 'half', 'hour') || reader.take('at', 'half', 'past')) return [30];
  if (reader.take('at', 'quarter', 'past')) return [15];
  if (reader.take('at', 'quarter', 'to')) return [45];
  const marks = reader.attempt(() => {
    reader.take('at');
    const ranges = readList(reader, () => {
      const from = reader.peek();
      if (from?.kind !== 'past') return null;
      reader.next();
      const to = reader.word() === 'to' ? reader.peek(1) : undefined;
      if (to?.kind !== 'past') return [from.minute];
      reader.take('to');
      reader.next();
      return countUp(from.minute, to.minute);
    });
    return ranges.length > 0 ? ranges.flat() : null;
  });
  const past = marks ?? readMinutesPast(reader);
  if (past === null) return null;
  if (reader.take('past|after', 'the', 'hour')) return past;
  // "at :15 past every hour"
  reader.attempt(() => (reader.take('past|after|of') && reader.word() === 'every' ? true : null));
  return past;
}

function readMinutesPast(reader: Reader): readonly number[] | null {
  return reader.attempt(() => {
    if (!reader.take('at')) return null;
    const minutes = readList(reader, () => {
      const token = reader.peek();
      if (token?.kind !== 'number' || token.value > 59) return null;
      reader.next();
      return token.value;
    });
    const named = reader.take('minute|minutes') && /^(?:past|after)$/.test(reader.word());
    if (minutes.length === 0 || !named || !reader.take('past|after')) return null;
    reader.take('the', 'hour');
    return minutes;
  });
}

function countUp(from: number, to: number): number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += 1) values.push(value);
  return values;
}

/** "between 8 and 18", "from 9:00 to 17:30", "08:00 to 18:45". */
export function readWindow(reader: Reader): Clause['window'] {
  return reader.attempt(() => {
    if (reader.take('between')) return readBounds(reader, true, 'and|to|-');
    if (reader.take('from')) return readBounds(reader, true, 'to|until|till|-|through');
    return readBounds(reader, false, 'to|until|till|-');
  });
}

function readBounds(reader: Reader, bare: boolean, joint: string): Clause['window'] {
  const from = readTime(reader, bare);
  if (from === null || !reader.take(joint)) return null;
  const to = readTime(reader, bare);
  if (to === null) return null;
  if (from.hourOnly && !to.hourOnly && to.minutes >= 780 && saysHalf(reader, 1)) {
    throw new Refusal(
      'ambiguous',
      'It is not clear whether the first time is am or pm.',
      'Write am or pm after both, or 9:00 and 17:00.',
    );
  }
  return { from: from.minutes, to: to.minutes };
}

/** "in the hours 09:00, 12:00 and 15:00 to 17:00": hours of the day. */
export function readHours(reader: Reader): readonly number[] | null {
  return reader.attempt(() => {
    if (!reader.take('in|during', 'the', 'hour|hours')) return null;
    const hours = readList(reader, () => {
      const from = readTime(reader, true);
      if (from === null) return null;
      const to = reader.attempt(() => (reader.take('to') ? readTime(reader, true) : null)) ?? from;
      return from.minutes % 60 === 0 && to.minutes % 60 === 0 && to.minutes >= from.minutes
        ? countUp(from.minutes / 60, to.minutes / 60)
        : null;
    });
    return hours.length > 0 ? hours.flat() : null;
  });
}
