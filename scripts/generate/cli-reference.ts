import type { Command } from 'commander';
import { createProgram } from '../../cli/program.ts';
import type { GeneratedFile } from './generated-file.ts';

const INTRODUCTION = `<!-- Made by npm run generate from the definitions in cli/define. Do not edit. -->

# The command line

What \`lifeboat COMMAND --help\` prints, for every command. From a checkout, \`lifeboat\` is
\`npm run -s lifeboat --\`.`;

/** The help of every command on one page. */
export const cliReference: GeneratedFile = {
  path: 'docs/reference/cli.md',
  content: () => `${[INTRODUCTION, ...sections()].join('\n\n')}\n`,
};

function sections(): string[] {
  const unused = () => {
    throw new Error('No command is run to describe it.');
  };
  const program = createProgram({ cli: unused, ended: unused });
  return everyCommand(program).map((command) => {
    const level = command === program ? '##' : '###';
    return `${level} ${fullName(command)}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\``;
  });
}

/** A command and all below it, in the order of the help. */
function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

/** What --help prints on a terminal of 80 columns without colours. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trimEnd();
}
