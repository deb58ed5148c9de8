/** Words of a search, lower case: all must be found; a phrase in double quotes is one word. At most eight count. */
export function searchTerms(q: string): readonly string[] {
  const terms = [...q.toLowerCase().matchAll(/"([^"]+)"|(\S+)/g)].map(
    (found) => found[1]?.trim() || found[2] || '',
  );
  return [...new Set(terms.filter((term) => term !== '' && term !== '"'))].slice(0, 8);
}

/**
 * Ids are searched only for what looks like a piece of one (four or more hexadecimal digits, hyphens between them):
 * otherwise short words would find crons by their random ids.
 */
export function looksLikeId(term: string): boolean {
  return /^[0-9a-f-]{4,36}$/.test(term) && /[0-9]/.test(term);
}
