import type { CompletableCommand, CompletableOption } from './commands.ts';

/** A completion script for zsh. */
export function zshScript(commands: readonly CompletableCommand[]): string {
  return [
    '#compdef lifeboat',
    '# Completion of lifeboat for zsh. Put it into a folder of $fpath as _lifeboat',
    ...commands.map(commandFunction),
    `${functionName('')} "$@"`,
  ].join('\n');
}

function commandFunction({ path, subcommands, argumentValues, options }: CompletableCommand): string {
  const specs = options.map(optionSpec);
  if (subcommands.length === 0) {
    const argument =
      argumentValues.length > 0 ? `'1:value:(${argumentValues.join(' ')})'` : `'*:file:_files'`;
    return `${functionName(path)}() {\n  _arguments ${[...specs, argument].join(' \\\n    ')}\n}`;
  }
  const described = subcommands.map(({ word, about }) => `'${word}:${escaped(about)}'`).join(' ');
  const cases = subcommands.map(({ word }) => `      ${word}) ${functionName(`${path} ${word}`.trim())} ;;`);
  return `${functionName(path)}() {
  local state line
  _arguments -C ${[...specs, `'1:command:->command'`, `'*::argument:->argument'`].join(' \\\n    ')}
  case $state in
    command) local -a commands=(${described}); _describe command commands ;;
    argument) case $line[1] in
${cases.join('\n')}
    esac ;;
  esac
}`;
}

function optionSpec({ word, about, takesValue, values }: CompletableOption): string {
  const value = values.length > 0 ? `:value:(${values.join(' ')})` : takesValue ? ':value:_files' : '';
  return `'${word}[${escaped(about)}]${value}'`;
}

function escaped(text: string): string {
  return text
    .replace(/\n/g, ' ')
    .replace(/'/g, "'\\''")
    .replace(/[[\]:]/g, '\\$&');
}

function functionName(path: string): string {
  return ['_lifeboat', ...path.split(' ').filter((name) => name !== '')].join('_');
}
