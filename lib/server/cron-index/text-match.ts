import type { CronSet } from './cron-set';
import { looksLikeId, searchTerms } from './search-terms';

/** Says for one slot whether its cron contains every word of the search; null = there is nothing to search for. */
export type TextMatch = ((slot: number) => boolean) | null;

function hits(
  texts: readonly string[],
  term: string,
  ids: readonly { readonly id: string }[] | null,
): Uint8Array {
  const found = new Uint8Array(texts.length);
  for (let number = 0; number < texts.length; number += 1) {
    if ((texts[number] as string).includes(term) || ids?.[number]?.id.includes(term)) found[number] = 1;
  }
  return found;
}

function matchTerm(set: CronSet, term: string): (slot: number) => boolean {
  const { columns, schedules, assistants, threads } = set;
  const byId = looksLikeId(term);
  // What crons share is searched once and not once per cron; a new name needs no new text of any cron.
  const schedule = hits(
    schedules.entries.map((entry) => entry.searchText),
    term,
    null,
  );
  const assistant = hits(assistants.searchTexts, term, byId ? assistants.things : null);
  const thread = hits(threads.searchTexts, term, byId ? threads.things : null);
  const mayContain = columns.signatures.mayContain(term);
  const inText = columns.termCache.remembering(
    term,
    columns.used,
    (slot) => (mayContain === null || mayContain(slot)) && (columns.texts[slot] as string).includes(term),
  );
  return (slot) =>
    schedule[columns.schedule[slot] as number] === 1 ||
    assistant[columns.assistant[slot] as number] === 1 ||
    thread[columns.thread[slot] as number] === 1 ||
    inText(slot) ||
    (byId && (columns.ids[slot] as string).includes(term));
}

/** Prepares the search for `q` (see searchTerms) over the crons of a set as they are now. */
export function textMatch(set: CronSet, q: string): TextMatch {
  const terms = searchTerms(q);
  if (terms.length > 0) set.undigested.makeTexts(Number.POSITIVE_INFINITY);
  const matches = terms.map((term) => matchTerm(set, term));
  const [first, ...others] = matches;
  if (!first) return null;
  return others.length === 0 ? first : (slot) => first(slot) && others.every((match) => match(slot));
}
