/** A piece of a sentence. `text` is what was typed, in lower case. */
export type Token =
  | { readonly kind: 'time'; readonly text: string; readonly minutes: number }
  | { readonly kind: 'past'; readonly text: string; readonly minute: number }
  | { readonly kind: 'ordinal'; readonly text: string; readonly value: number | 'last' }
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'weekday'; readonly text: string; readonly value: number }
  | { readonly kind: 'month'; readonly text: string; readonly value: number }
  | { readonly kind: 'word'; readonly text: string };

const WEEKDAY_PREFIXES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const WEEKDAYS =
  /^(?:sun|mon|tues?|weds?|thu(?:rs?)?|fri|sat)$|^(?:sun|mon|tues|wednes|thurs|fri|satur)days?$/;
const MONTH_PREFIXES = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
] as const;
const MONTHS =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;
const NUMBERS: { readonly [word: string]: number } = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
};
const ORDINALS: { readonly [word: string]: number | 'last' } = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  last: 'last',
};
const PIECE =
  /(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?m\b\.?|(\d{1,2})[:.](\d\d)(?!\d)|:(\d\d)(?!\d)|(\d{1,2})(?:st|nd|rd|th)\b|(\d+)(?![\d.:])|([a-z]+(?:'[a-z]+)?)|([,&-])|(\s+)|(\S)/gy;

/** Cuts a sentence into tokens; gives the first piece that is none of them as text. */
export function tokenize(sentence: string): { tokens: readonly Token[] } | { unknown: string } {
  const text = sentence
    .toLowerCase()
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\u2019/g, "'")
    .trim()
    .replace(/[.!]$/, '');
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECE)) {
    if (match[11] !== undefined) continue;
    const token = tokenOf(match);
    if (token === null) return { unknown: match[0] };
    tokens.push(token);
  }
  return { tokens };
}

function tokenOf(match: RegExpMatchArray): Token | null {
  const [text, hour12, minute12, half, hour24, minute24, past, ordinal, number, word, sign] = match;
  if (hour12 !== undefined) return halfDayTime(text, Number(hour12), Number(minute12 ?? 0), half === 'p');
  if (hour24 !== undefined) return fullTime(text, Number(hour24), Number(minute24));
  if (past !== undefined) return Number(past) < 60 ? { kind: 'past', text, minute: Number(past) } : null;
  if (ordinal !== undefined) return { kind: 'ordinal', text, value: Number(ordinal) };
  if (number !== undefined) return { kind: 'number', text, value: Number(number) };
  if (sign !== undefined) return { kind: 'word', text: sign === '&' ? 'and' : sign };
  return word === undefined ? null : wordToken(word);
}

function wordToken(text: string): Token {
  if (WEEKDAYS.test(text)) {
    return { kind: 'weekday', text, value: WEEKDAY_PREFIXES.findIndex((prefix) => text.startsWith(prefix)) };
  }
  if (MONTHS.test(text)) {
    return { kind: 'month', text, value: MONTH_PREFIXES.findIndex((prefix) => text.startsWith(prefix)) + 1 };
  }
  const number = Object.hasOwn(NUMBERS, text) ? NUMBERS[text] : undefined;
  if (number !== undefined) return { kind: 'number', text, value: number };
  const ordinal = Object.hasOwn(ORDINALS, text) ? ORDINALS[text] : undefined;
  if (ordinal !== undefined) return { kind: 'ordinal', text, value: ordinal };
  if (text === 'noon' || text === 'midday') return { kind: 'time', text, minutes: 720 };
  if (text === 'midnight') return { kind: 'time', text, minutes: 0 };
  return { kind: 'word', text };
}

function halfDayTime(text: string, hour: number, minute: number, afternoon: boolean): Token | null {
  if (hour < 1 || hour > 12 || minute > 59) return null;
  return { kind: 'time', text, minutes: ((hour % 12) + (afternoon ? 12 : 0)) * 60 + minute };
}

function fullTime(text: string, hour: number, minute: number): Token | null {
  return hour > 23 || minute > 59 ? null : { kind: 'time', text, minutes: hour * 60 + minute };
}
