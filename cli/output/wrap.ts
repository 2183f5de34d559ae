import { stripVTControlCharacters } from 'node:util';

/** The columns that a text fills; codes of colours fill none. */
export function textWidth(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

/**
 * A text broken between words into lines of at most `width` columns. A word that is longer stays whole: it may be a path
 * or an id that somebody copies.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const [first = '', ...words] = paragraph.split(' ');
    const lines: string[] = [];
    let line = first;
    for (const word of words) {
      if (textWidth(line) + 1 + textWidth(word) <= width) {
        line += ` ${word}`;
        continue;
      }
      lines.push(line);
      line = word;
    }
    return [...lines, line];
  });
}

/** A long word broken behind marks inside it, such as the slashes of a path, into lines of at most `width` columns. */
export function wrapBehind(mark: string, word: string, width: number): string[] {
  const [last = '', ...before] = word.split(mark).reverse();
  const parts = [...before.reverse().map((part) => part + mark), last];
  return parts.reduce<string[]>((lines, part) => {
    const line = lines.at(-1);
    if (line === undefined || textWidth(line) + textWidth(part) > width) return [...lines, part];
    return [...lines.slice(0, -1), line + part];
  }, []);
}

/** A text cut to `width` columns, with a sign of it. Only for text without colours. */
export function cut(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
