import type { Command } from 'commander';
import type { CallOptions } from '../commands/atlas-call.ts';
import type { CheckOptions } from '../commands/atlas-check.ts';
import type { ListOptions } from '../commands/atlas-list.ts';
import { jsonOption, seedOption } from '../options.ts';
import { withExamples, type Host } from './host.ts';

const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a01';
const SIMULATE = 'against a simulated Atlas, made for this once: no account needed';

/** Defines `atlas` and its subcommands: the operations of the Atlas Admin API, one by one. */
export function addAtlas(program: Command, host: Host): void {
  const atlas = program
    .command('atlas')
    .summary('list the operations of Atlas, call one, check access')
    .description(
      'Deals with single operations of the Atlas Admin API: which there are, what one answers, and which of them a ' +
        'runbook may use.',
    )
    .helpCommand(false);
  withExamples(atlas, [
    'lifeboat atlas list',
    `lifeboat atlas call listAlerts --set groupId=${PROJECT}`,
    'lifeboat atlas check drill.yaml',
  ]);
  addList(atlas, host);
  addCall(atlas, host);
  addCheck(atlas, host);
}

function addList(atlas: Command, host: Host): void {
  const list = atlas
    .command('list')
    .summary('list the operations')
    .description(
      'Lists every operation that Lifeboat knows: whether it reads or changes, the Atlas role that it takes (any one, ' +
        "where there are several), and its page in MongoDB's documentation. Calls nothing.",
    )
    .addOption(jsonOption('print the operations as JSON, with method and path'))
    .action(async (options: ListOptions, command: Command) => {
      const commands = await import('../commands/atlas-list.ts');
      host.ended(commands.listAtlas(host.cli(command), options));
    });
  withExamples(list, [
    'lifeboat atlas list',
    'lifeboat atlas list --json | jq -r \'.[] | select(.effect == "change").operationId\'',
  ]);
}

function addCall(atlas: Command, host: Host): void {
  const call = atlas
    .command('call')
    .summary('call an operation and print its reply')
    .description(
      'Calls an operation once and prints the reply as JSON, as Atlas sent it; of a list, one page. Every parameter is ' +
        'checked before anything is sent. What changes something in Atlas asks first, or takes --yes.',
    )
    .argument('<operation>', 'name of the operation; see lifeboat atlas list')
    .option('--set <name=value>', 'a parameter of the path; once for each', collect)
    .option('--query <name=value>', 'a parameter of the query; again for more, or for a list', collect)
    .option('--body <file>', 'the body, JSON or YAML; - reads it from stdin')
    .option('--yes', 'send a change without asking')
    .option('--simulate', SIMULATE)
    .addOption(seedOption('repeats an earlier simulated Atlas; drawn anew by default'))
    .action(async (operation: string, options: CallOptions, command: Command) => {
      const commands = await import('../commands/atlas-call.ts');
      host.ended(await commands.callAtlas(host.cli(command), operation, options));
    });
  withExamples(call, [
    `lifeboat atlas call listAlerts --set groupId=${PROJECT} --query status=OPEN`,
    `lifeboat atlas call takeSnapshots --set groupId=${PROJECT} --set clusterName=orders --body snapshot.yaml`,
    `lifeboat atlas call enableManagedSlowMs --set groupId=${PROJECT} --simulate --yes`,
  ]);
}

function addCheck(atlas: Command, host: Host): void {
  const check = atlas
    .command('check')
    .summary('tell which operations a runbook needs, and may use')
    .description(
      'Tells which operations a runbook needs and which of them the credentials may use. Those that only read are ' +
        'tried; a change never is, so only its role is told. Exits with 1 when one is refused.',
    )
    .argument('<runbook>', 'the runbook, a YAML file')
    .option('--simulate', SIMULATE)
    .addOption(jsonOption('print the operations as JSON, with what Atlas answered'))
    .action(async (file: string, options: CheckOptions, command: Command) => {
      const commands = await import('../commands/atlas-check.ts');
      host.ended(await commands.checkRunbook(host.cli(command), file, options));
    });
  withExamples(check, [
    'lifeboat atlas check drill.yaml',
    'lifeboat atlas check drill.yaml --json | jq \'.[] | select(.access == "refused")\'',
  ]);
}

/** An option that may be given several times. */
function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
