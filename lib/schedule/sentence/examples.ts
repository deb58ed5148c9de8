/** Sentences that are understood, for showing what can be said. */
export const SENTENCE_EXAMPLES = [
  'every weekday at 9',
  'every weekday at 9 and 17:30',
  'every day at 2:30',
  'every monday at 7:30',
  'mondays and thursdays at noon',
  'every 15 minutes',
  'every 15 minutes between 8 and 18',
  'every 2 hours on weekdays',
  'every hour at :30',
  'every hour from 9 to 17 on weekdays',
  'every weekend at 10 am',
  'first monday of the month at noon',
  'last friday of the month at 16:00',
  'on the 1st and 15th of each month at 9',
  'last day of the month at 23:55',
  'last weekday of the month at 18:00',
  'on 1 january at 8',
  'every day in december at 7',
  'every day except sunday at 6 pm',
  'on the 13th or every friday at 9',
] as const;

/** The three examples that share most with what was typed; the first ones if nothing is shared. */
export function nearExamples(text: string): readonly string[] {
  const typed = wordsOf(text.slice(0, 300));
  const scored = SENTENCE_EXAMPLES.map((example, index) => {
    const words = wordsOf(example);
    const shared = [...words].filter((word) => typed.has(word)).length;
    return { example, index, score: shared / Math.sqrt(words.size) };
  });
  return scored
    .toSorted((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, 3)
    .map(({ example }) => example);
}

/** Words that say nothing about when. */
const fillers = new Set(['and', 'at', 'of', 'on', 'or', 'the', 'to', 'then']);

/** Words without their endings, numbers as one word, so that "mins" meets "minutes" and "20" meets "15". */
function wordsOf(text: string): ReadonlySet<string> {
  const words = (text.toLowerCase().match(/[a-z]+|\d+/g) ?? []).filter((word) => !fillers.has(word));
  return new Set(words.map((word) => (/^\d/.test(word) ? '#' : word.slice(0, 3))));
}
