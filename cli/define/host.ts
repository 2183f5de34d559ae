import type { Command } from 'commander';
import type { Cli } from '../cli.ts';

/** What the definitions of the commands need from the process that they run in. */
export interface Host {
  /** What a command is handed, from the options that every command has. */
  cli(command: Command): Cli;
  /** Told how a command ended. */
  ended(code: number): void;
}

/** Adds examples to the end of a command's help. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);
}
