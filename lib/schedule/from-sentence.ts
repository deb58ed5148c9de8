import { err, ok, type Result } from '@/lib/result';
import { daysOfShape } from '@/lib/schedule/day-rule';
import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import { buildExpressions } from '@/lib/schedule/sentence/build-expressions';
import { Refusal, type SentenceErrorCode } from '@/lib/schedule/sentence/clause';
import { nearExamples } from '@/lib/schedule/sentence/examples';
import { readClauses } from '@/lib/schedule/sentence/read-clauses';
import { Reader } from '@/lib/schedule/sentence/reader';
import { tokenize } from '@/lib/schedule/sentence/tokens';

/** Why a sentence is not a schedule, with sentences nearby that are. */
export type SentenceError = {
  readonly code: SentenceErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly piece?: string;
  readonly examples: readonly string[];
};

const MAX_LENGTH = 300;
const MAX_EXPRESSIONS = 8;

/**
 * Turns an English sentence into the smallest list of expressions that runs exactly then, mostly one: "at 9 and 17:30"
 * needs two. What is not fully understood is refused, never guessed.
 */
export function fromSentence(
  text: string,
): Result<{ readonly expressions: readonly [string, ...string[]] }, SentenceError> {
  try {
    const expressions = expressionsOf(text);
    const [first, ...rest] = expressions;
    if (first === undefined) throw new Refusal('empty', 'The sentence is empty.', 'Say when it runs.');
    return ok({ expressions: [first, ...rest] });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, hint, piece } = error;
    return err({
      code,
      message,
      hint,
      examples: nearExamples(text),
      ...(piece === undefined ? {} : { piece }),
    });
  }
}

function expressionsOf(text: string): string[] {
  if (text.trim() === '') throw new Refusal('empty', 'The sentence is empty.', 'Say when it runs.');
  if (text.length > MAX_LENGTH) {
    throw new Refusal(
      'too-long',
      `The sentence has more than ${MAX_LENGTH} characters.`,
      'Say it in one short sentence.',
    );
  }
  refuseSeconds(text);
  const read = tokenize(text);
  if ('unknown' in read) {
    const piece = read.unknown.slice(0, 24);
    throw new Refusal(
      'not-understood',
      `"${piece}" is not understood.`,
      'Only what is fully understood becomes a schedule.',
      piece,
    );
  }
  const clauses = readClauses(new Reader(read.tokens));
  if (clauses.length > 1 && clauses.some((clause) => clause.days === null)) {
    throw new Refusal(
      'ambiguous',
      'It is not clear which days each part means.',
      'Name the days of every part.',
    );
  }
  const expressions = clauses.flatMap((clause) => buildExpressions(clause));
  if (expressions.length > MAX_EXPRESSIONS) {
    throw new Refusal(
      'too-many',
      `This would need ${expressions.length} crons; the limit is ${MAX_EXPRESSIONS}.`,
      'Choose times that repeat every hour or every day.',
    );
  }
  refuseOverlap(expressions);
  return expressions;
}

function refuseSeconds(text: string): void {
  if (!/\bseconds\b|\bevery second\s*$|\bevery second (?:on|of|from|between)\b/i.test(text)) return;
  throw new Refusal(
    'too-often',
    'Servers do not run crons more often than every minute.',
    'Choose "every minute" or more.',
  );
}

/** Two expressions with a common instant would run twice then. */
function refuseOverlap(expressions: readonly string[]): void {
  const schedules = expressions.flatMap((expression): Schedule[] => {
    const parsed = parseSchedule(expression);
    if (!parsed.ok) throw new Error(`built a bad expression: ${expression}`);
    return [parsed.value];
  });
  for (const [index, one] of schedules.entries()) {
    for (const other of schedules.slice(index + 1)) {
      if (meet(one, other)) {
        throw new Refusal(
          'overlap',
          'Two parts of the sentence meet, so it would run twice then.',
          'Leave out the part that the other contains.',
        );
      }
    }
  }
}

function meet(one: Schedule, other: Schedule): boolean {
  if (one.kind !== 'fixed' || other.kind !== 'fixed') return false;
  const [a, b] = [one.plan, other.plan];
  const times =
    (a.hours & b.hours) !== 0 && ((a.minutes.low & b.minutes.low) | (a.minutes.high & b.minutes.high)) !== 0;
  if (!times || (a.months & b.months) === 0) return false;
  for (let first = 0; first < 7; first += 1) {
    for (let length = 28; length <= 31; length += 1) {
      const days = (plan: typeof a) =>
        plan.rules.reduce((mask, rule) => mask | daysOfShape(rule, first, length), 0);
      if ((days(a) & days(b)) !== 0) return true;
    }
  }
  return false;
}
