import type { Command, Option } from 'commander';

/** A word that can follow, and what it is for. */
export interface Completable {
  readonly word: string;
  readonly about: string;
}

/** An option that can follow. */
export interface CompletableOption extends Completable {
  /** Whether a value comes after it. */
  readonly takesValue: boolean;
  /** The values that it takes, if there are but a few. */
  readonly values: readonly string[];
}

/** A command and what can follow it. */
export interface CompletableCommand {
  /** The words that lead to it, such as `jobs list`; empty for the program itself. */
  readonly path: string;
  readonly subcommands: readonly Completable[];
  /** The values of its argument, if there are but a few. */
  readonly argumentValues: readonly string[];
  readonly options: readonly CompletableOption[];
}

/**
 * Every command of a program, itself first.
 *
 * @param argumentValues by the path of a command, for arguments whose definitions don't hold their values.
 */
export function completableCommands(
  program: Command,
  argumentValues: Readonly<Record<string, readonly string[]>> = {},
): readonly CompletableCommand[] {
  const shared = program.options.filter((option) => option.long !== '--version').map(completableOption);
  const walk = (command: Command, path: string): CompletableCommand[] => [
    {
      path,
      subcommands: command.commands.map((sub) => ({
        word: sub.name(),
        about: sub.summary() || sub.description(),
      })),
      argumentValues: command.registeredArguments[0]?.argChoices ?? argumentValues[path] ?? [],
      options: [
        ...(command === program
          ? program.options.map(completableOption)
          : [...command.options.map(completableOption), ...shared]),
        { word: '--help', about: 'print help', takesValue: false, values: [] },
      ],
    },
    ...command.commands.flatMap((sub) => walk(sub, `${path} ${sub.name()}`.trim())),
  ];
  return walk(program, '');
}

function completableOption(option: Option): CompletableOption {
  return {
    word: option.long ?? option.flags,
    about: option.description,
    takesValue: option.required,
    values: option.argChoices ?? [],
  };
}
