import { PLAIN_LINE } from '../../core/visible-text.ts';

/**
 * A text as one word of a shell (POSIX sh, bash, zsh), to be printed within a command that somebody pastes. Characters that nobody
 * sees are written as bytes in `$'…'`, which bash and zsh read.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  if (PLAIN_LINE.test(text)) return `'${text.replaceAll("'", `'"'"'`)}'`;
  const escaped = Array.from(text, (character) => {
    if (/['\\]/.test(character)) return `\\${character}`;
    if (PLAIN_LINE.test(character)) return character;
    return Array.from(
      new TextEncoder().encode(character),
      (byte) => `\\x${byte.toString(16).padStart(2, '0')}`,
    ).join('');
  });
  return `$'${escaped.join('')}'`;
}

/** The path of a file as one word of a shell that no command takes for an option. */
export function fileWord(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}
