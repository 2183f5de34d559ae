import type { Command } from 'commander';
import type { FreezeOptions } from '../commands/freeze.ts';
import { jsonOption, reasonOption } from '../options.ts';
import { withExamples, type Host } from './host.ts';

/** Defines `freeze` and `unfreeze`. */
export function addFreezing(program: Command, host: Host): void {
  const freeze = program
    .command('freeze')
    .summary('refuse every new change from now on')
    .description(
      'Refuses every new change at once, in every process that shares the history: jobs, schedules, drills of campaigns, and ' +
        'the requests to Atlas that jobs under way have not sent yet. What Atlas was asked for is followed to its end. Notifies ' +
        'the channels of the policy.',
    )
    .addOption(reasonOption())
    .addOption(jsonOption('print the freeze as JSON'))
    .action(action('freeze', host));
  withExamples(freeze, ['lifeboat freeze --reason "Atlas has an incident"']);
  const unfreeze = program
    .command('unfreeze')
    .summary('allow changes again')
    .description('Ends a freeze, and notifies the channels of the policy. It is recorded who did it.')
    .addOption(reasonOption().makeOptionMandatory(false))
    .addOption(jsonOption('print the freeze as JSON'))
    .action(action('unfreeze', host));
  withExamples(unfreeze, ['lifeboat unfreeze --reason "the incident is over"']);
}

function action(act: 'freeze' | 'unfreeze', host: Host) {
  return async (options: FreezeOptions, command: Command) => {
    const commands = await import('../commands/freeze.ts');
    host.ended(await commands.freeze(host.cli(command), act, options));
  };
}
