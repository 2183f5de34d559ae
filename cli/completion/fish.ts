import type { CompletableCommand } from './commands.ts';

/** A completion script for fish. Where an argument is a file, fish completes file names by itself. */
export function fishScript(commands: readonly CompletableCommand[]): string {
  return [
    '# Completion of lifeboat for fish. Put it into ~/.config/fish/completions/lifeboat.fish',
    ...commands.flatMap(commandLines),
  ].join('\n');
}

function commandLines({ path, subcommands, argumentValues, options }: CompletableCommand): string[] {
  const names = path.split(' ').filter((name) => name !== '');
  const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`);
  const words = subcommands.map(({ word }) => word).join(' ');
  const open = subcommands.length === 0 ? seen : [...seen, `not __fish_seen_subcommand_from ${words}`];
  const line = (condition: readonly string[], rest: string) => {
    return `complete -c lifeboat${condition.length === 0 ? '' : ` -n '${condition.join('; and ')}'`} ${rest}`;
  };
  return [
    ...subcommands.map(({ word, about }) => line(open, `-f -a ${word} -d ${quoted(about)}`)),
    ...(argumentValues.length === 0 ? [] : [line(open, `-f -a '${argumentValues.join(' ')}'`)]),
    ...options.map(({ word, about, takesValue, values }) => {
      const value = values.length > 0 ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -r' : '';
      return line(open, `-l ${word.slice(2)}${value} -d ${quoted(about)}`);
    }),
  ];
}

function quoted(text: string): string {
  return `'${text.replace(/\n/g, ' ').replace(/['\\]/g, '\\$&')}'`;
}
