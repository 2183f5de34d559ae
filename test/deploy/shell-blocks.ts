/** Where a block of a page can be run. */
export type Where = 'anywhere' | 'another shell' | 'emulator' | 'AWS';

/** A block of shell commands. */
export interface ShellBlock {
  /** The line of the page that it begins at, from 1. */
  readonly line: number;
  readonly where: Where;
  readonly text: string;
}

const BLOCK = /(?:<!-- (another shell|emulator|AWS) -->\n\n)?^```sh\n(.*?)^```$/gms;

/** The blocks of shell commands of a page in Markdown, in order. A comment before a block says where it can be run. */
export function shellBlocks(page: string): ShellBlock[] {
  return [...page.matchAll(BLOCK)].map(({ 1: where, 2: text = '', index, 0: whole }) => {
    const begin = page.slice(0, index + whole.indexOf('```sh')).split('\n').length + 1;
    return { line: begin, where: (where as Where | undefined) ?? 'anywhere', text };
  });
}
