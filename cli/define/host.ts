import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { commandLines } from '../output/command-lines.ts';

/** What the definitions of the commands need from the process that they run in. */
export interface Host {
  /** What a command is handed, from the options that every command has. */
  cli(command: Command): Cli;
  /** Told how a command ended. */
  ended(code: number): void;
}

/** Columns of help that is not printed on a terminal, as commander takes them. */
const HELP_WIDTH = 80;

/** Adds examples to the end of a command's help, broken where the terminal is narrower than they are. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', () => {
    const width = command.configureOutput().getOutHelpWidth?.() ?? HELP_WIDTH;
    const lines = examples.flatMap((example) => commandLines(example, width - 2));
    return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  });
}
