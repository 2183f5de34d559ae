import type { Command } from 'commander';
import { listOperations } from '../../core/commands/atlas-operations.ts';
import type { Cli } from '../cli.ts';
import { bashScript } from '../completion/bash.ts';
import { completableCommands } from '../completion/commands.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import { EXIT } from '../exit-codes.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** Prints the completion script of a shell, made from the definitions of the commands and the names of the operations. */
export function completion({ out }: Cli, program: Command, shell: keyof typeof SCRIPTS): number {
  const operations = listOperations().map(({ operationId }) => operationId);
  out.line(SCRIPTS[shell](completableCommands(program, { 'atlas call': operations })));
  return EXIT.done;
}
