import type { Command } from 'commander';
import { UsageError } from './errors.ts';

/** Commands, or what begins their names, that have nothing to do with an API, and why. */
const LOCAL: Readonly<Record<string, string>> = {
  atlas: 'calls Atlas itself',
  'jobs resume': 'is for a process of this machine that stopped; an API goes on with its jobs by itself',
  simulator: 'starts a simulator on this machine',
  serve: 'starts an API on this machine',
  completion: 'is for the shell of this machine',
};

/**
 * Refuses `--remote` where it means nothing, and `--aws` without it.
 *
 * @throws UsageError
 */
export function refuseRemote(command: Command): void {
  const { remote, aws } = command.optsWithGlobals<{ remote?: string; aws?: boolean }>();
  if (remote === undefined) {
    if (aws === true)
      throw new UsageError('--aws is for --remote.', 'Name the API with --remote, or leave it out.');
    return;
  }
  const name = nameOf(command);
  const [, reason] = Object.entries(LOCAL).find(([one]) => `${name} `.startsWith(`${one} `)) ?? [];
  if (reason !== undefined) throw new UsageError(`lifeboat ${name} ${reason}.`, 'Leave --remote out.');
}

/**
 * Refuses options that an API has no use for.
 *
 * @param given what they were given, by their names.
 * @throws UsageError naming each.
 */
export function refuseThere(given: Readonly<Record<string, unknown>>): void {
  const names = Object.entries(given).filter(([, value]) => value !== undefined);
  if (names.length === 0) return;
  throw new UsageError(
    `${names.map(([name]) => name).join(', ')} can not be had with --remote: the API has its own Atlas and its own time.`,
    'Leave out one or the other.',
  );
}

/** Without the name of the program. */
function nameOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${nameOf(parent)} ${command.name()}` : command.name();
}
