import { textWidth } from './wrap.ts';

/**
 * A command of a shell in lines of at most `width` columns that can be copied as they are: each but the last ends in a backslash. It
 * breaks between arguments, and keeps an option beside its value; an argument that is longer stays whole.
 */
export function commandLines(command: string, width: number): string[] {
  if (textWidth(command) <= width) return [command];
  const [first = '', ...parts] = partsOf(command);
  const lines: string[] = [];
  let line = first;
  for (const part of parts) {
    if (textWidth(line) + textWidth(part) + 3 <= width) {
      line += ` ${part}`;
      continue;
    }
    lines.push(`${line} \\`);
    line = `  ${part}`;
  }
  return [...lines, line];
}

/** Arguments, each option with its value, and a pipe with all that is behind it. Quotes hold together what they enclose. */
function partsOf(command: string): string[] {
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.reduce<string[]>((parts, word) => {
    const last = parts.at(-1);
    const isValue = last !== undefined && /^-\S+$/.test(last) && !/^[-|]/.test(word);
    return isValue || last?.startsWith('|') ? [...parts.slice(0, -1), `${last} ${word}`] : [...parts, word];
  }, []);
}
