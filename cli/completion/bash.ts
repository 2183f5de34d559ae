import type { CompletableCommand } from './commands.ts';

/** A completion script for bash. Where nothing of ours can follow, bash completes file names. */
export function bashScript(commands: readonly CompletableCommand[]): string {
  const cases = commands.map(({ path, subcommands, argumentValues, options }) => {
    const words = [
      ...subcommands.map(({ word }) => word),
      ...argumentValues,
      ...options.map(({ word }) => word),
    ];
    return `    '${path}') words='${words.join(' ')}' ;;`;
  });
  const values = valueCases(commands).map(([word, choices]) => `    ${word}) words='${choices}' ;;`);
  return `# Completion of lifeboat for bash. Use it with: source <(lifeboat completion bash)
_lifeboat() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path='' word words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
${commands
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      '${path.includes(' ') ? path : ` ${path}`}') path='${path}' ;;`)
  .join('\n')}
    esac
  done
  case "$previous" in
${values.join('\n')}
    *) case "$path" in
${cases.join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _lifeboat lifeboat`;
}

/** Options whose values are few, each with them. */
function valueCases(commands: readonly CompletableCommand[]): [string, string][] {
  const options = commands.flatMap((command) => command.options).filter(({ values }) => values.length > 0);
  return options.map(({ word, values }) => [word, values.join(' ')]);
}
