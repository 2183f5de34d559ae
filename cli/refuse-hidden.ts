import type { Command, Option } from 'commander';
import { hiddenIn } from '../core/visible-text.ts';
import { UsageError } from './errors.ts';

/**
 * Refuses options and arguments that hold what nobody sees, line breaks too: they are kept, and shown to others. Paths are not words,
 * and are made visible wherever they are shown.
 *
 * @throws UsageError naming each with its characters.
 */
export function refuseHidden(command: Command): void {
  const values = command.optsWithGlobals<Record<string, unknown>>();
  const options = optionsOf(command).flatMap((option) =>
    isPath(option.flags)
      ? []
      : [values[option.attributeName()]].flat().map((value) => [option.long ?? option.flags, value] as const),
  );
  const typed = command.registeredArguments.flatMap((argument, index) =>
    ['runbook', 'file'].includes(argument.name())
      ? []
      : [[`<${argument.name()}>`, command.args[index]] as const],
  );
  const faults = [...options, ...typed].flatMap(([name, value]) => {
    const names = typeof value === 'string' ? hiddenIn(value, 'hidden') : [];
    return names.length === 0 ? [] : [`${name} holds ${names.join(', ')}`];
  });
  if (faults.length === 0) return;
  throw new UsageError(
    `${faults.join('; ')}: what nobody sees, or what breaks a line.`,
    'Take these characters out and run the command again.',
  );
}

function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...(command.parent === null ? [] : optionsOf(command.parent))];
}

function isPath(flags: string): boolean {
  return /<(file|folder)>/.test(flags);
}
