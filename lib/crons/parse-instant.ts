const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Whether a text has the form servers nearly always send (2026-11-21T08:00:00.000Z or +00:00), which Date.parse reads. */
function isCommon(text: string): boolean {
  if (text.length < 20 || text[4] !== '-' || text[10] !== 'T' || text[16] !== ':') return false;
  const sign = text[text.length - 6];
  return text.endsWith('Z') || ((sign === '+' || sign === '-') && text[text.length - 3] === ':');
}

/**
 * Reads a date of the wire as epoch milliseconds, or null where it is none. A date without an offset is UTC, as the
 * servers mean it (JavaScript alone would take it for local time); free text such as "tomorrow" is no date.
 */
export function parseInstant(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  if (isCommon(value)) {
    const ms = Date.parse(value);
    return Number.isNaN(ms) ? null : ms;
  }
  const found = iso.exec(value);
  if (!found) return null;
  const [, day, time = '00:00', zone = 'Z'] = found;
  const offset =
    zone === 'z'
      ? 'Z'
      : /^[+-]\d{2}$/.test(zone)
        ? `${zone}:00`
        : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const ms = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(ms) ? null : ms;
}
