// C0/C1 controls, line separators, and the marks that reorder or hide text. U+200D stays: emoji are joined by it.
// oxlint-disable no-control-regex
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/g;

/** Cuts to at most `max` UTF-16 units without splitting a character, and marks the cut. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`;
}

/** Printable ASCII with single blanks inside: nearly every name; nothing in it needs replacing. */
const plain = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * Foreign text as one safe line: control and direction marks become blanks, blanks are collapsed, the rest is cut to
 * `max` characters. It is still plain text: escaping HTML is the renderer's work.
 */
export function cleanText(text: string, max = 200): string {
  // Cut before the replacing too: only the first characters of a 100 kB string can be shown.
  const head = text.length > max * 4 ? text.slice(0, max * 4) : text;
  if (plain.test(head)) return shorten(head, max);
  const line = head.replace(unsafe, ' ').replace(/\s+/g, ' ').trim();
  return shorten(line, max);
}

/** The same for text of several lines: its line breaks stay. */
export function cleanBlock(text: string, max: number): string {
  const lines = text.slice(0, max * 2).split(/\r\n|[\n\r\u2028\u2029]/);
  return shorten(
    lines
      .map((line) => line.replaceAll('\t', '  ').replace(unsafe, ' ').trimEnd())
      .join('\n')
      .trim(),
    max,
  );
}
