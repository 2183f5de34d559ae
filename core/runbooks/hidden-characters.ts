import { type Document, type LineCounter, visit } from 'yaml';
import { hiddenAt, hiddenIn } from '../visible-text.ts';

/** A character that nobody sees, and where it is. Lines and columns count from 1. */
export interface HiddenCharacter {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * The hidden characters of a YAML text: those that stand in it, comments included, and those that an escape such as `"\u202e"` puts
 * into a value. Line breaks (LF, CRLF), tabs and a byte order mark at the very beginning are none.
 */
export function hiddenCharacters(
  document: Document.Parsed,
  text: string,
  lines: LineCounter,
): HiddenCharacter[] {
  const place = (offset: number, name: string): HiddenCharacter => {
    const { line, col } = lines.linePos(offset);
    return {
      line: Math.max(1, line),
      column: Math.max(1, col),
      message: `holds ${name}, which nobody sees: take it out`,
    };
  };
  const written = hiddenAt(text)
    .filter(({ index, name }) => !(index === 0 && name === 'U+FEFF') && !isLineEnd(text, index))
    .map(({ index, name }) => place(index, name));
  const escaped: HiddenCharacter[] = [];
  visit(document, {
    Scalar(_key, { value, range }) {
      if (typeof value !== 'string' || !range) return;
      const seen = hiddenIn(text.slice(range[0], range[1]), 'allowed');
      const names = hiddenIn(value, 'allowed').filter((name) => !seen.includes(name));
      if (names.length > 0) escaped.push(place(range[0], names.join(', ')));
    },
  });
  return [...written, ...escaped];
}

function isLineEnd(text: string, index: number): boolean {
  return text.startsWith('\r\n', index);
}
