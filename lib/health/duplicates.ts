import type { CronId } from '@/lib/crons/ids';
import type { CronFacts } from './cron-facts';
import { duplicateContent } from './duplicate-key';
import type { Finding } from './finding';
import { makeFinding } from './make-finding';

/**
 * The duplicates among live crons that may be some (those of one bucket, see duplicate-key). The oldest of each set of equal
 * ones is the original and gets no finding; the others point to it.
 */
export function duplicatesIn(bucket: Iterable<CronFacts>): ReadonlyMap<CronId, Finding> {
  const byContent = new Map<string, CronFacts[]>();
  for (const facts of bucket) {
    const content = rememberedContent(facts);
    const same = byContent.get(content);
    if (same === undefined) byContent.set(content, [facts]);
    else same.push(facts);
  }
  const found = new Map<CronId, Finding>();
  for (const same of byContent.values()) {
    if (same.length < 2) continue;
    const [original, ...copies] = same.toSorted(olderFirst);
    if (original === undefined) continue;
    for (const copy of copies) found.set(copy.cron.cronId, duplicateOf(original, copy, same.length));
  }
  return found;
}

const contents = new WeakMap<CronFacts, string>();

/** Thousands of equal crons are compared again whenever one of them goes; what they send does not change. */
function rememberedContent(facts: CronFacts): string {
  const known = contents.get(facts);
  if (known !== undefined) return known;
  const content = duplicateContent(facts.cron, facts.schedule);
  contents.set(facts, content);
  return content;
}

function duplicateOf(original: CronFacts, copy: CronFacts, copies: number): Finding {
  const title =
    copies === 2 ? 'Another cron does exactly the same.' : `${copies - 1} other crons do exactly the same.`;
  return makeFinding('duplicate', copy, title, [
    { label: 'The oldest of them', kind: 'cron', cronId: original.cron.cronId },
    { label: 'Crons that do the same', kind: 'count', count: copies },
  ]);
}

function olderFirst(a: CronFacts, b: CronFacts): number {
  const [left, right] = [a.cron, b.cron];
  const byAge = (left.createdMs ?? Number.MAX_SAFE_INTEGER) - (right.createdMs ?? Number.MAX_SAFE_INTEGER);
  return byAge || (left.cronId < right.cronId ? -1 : 1);
}
