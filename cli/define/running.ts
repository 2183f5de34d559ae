import type { Command } from 'commander';
import type { PlanOptions } from '../commands/plan.ts';
import type { ReportOptions } from '../commands/report.ts';
import type { RunOptions } from '../commands/run.ts';
import {
  autoApproveOption,
  faultsOption,
  jsonOption,
  seedOption,
  speedOption,
  worldOption,
  yesOption,
} from '../options.ts';
import { withExamples, type Host } from './host.ts';

const SEED =
  'repeats an earlier run: what "random" draws with, and the simulated Atlas; drawn anew by default';

/** Defines `plan`, `run` and `report`: what is done with a runbook. */
export function addRunning(program: Command, host: Host): void {
  addPlan(program, host);
  addRun(program, host);
  addReport(program, host);
}

function addPlan(program: Command, host: Host): void {
  const plan = program
    .command('plan')
    .summary('say what a run would do, and change nothing')
    .description(
      'Chooses the recovery point, looks at every guard and says what a run would do now. Changes nothing, in Atlas or ' +
        'in the history. Exits with 1 when the guards would stop the run.',
    )
    .argument('<runbook>', 'the runbook, a YAML file')
    .option('--simulate', 'against a simulated Atlas: no account and no network needed')
    .addOption(seedOption(SEED))
    .addOption(jsonOption('print the plan as JSON'))
    .action(async (file: string, options: PlanOptions, command: Command) => {
      const commands = await import('../commands/plan.ts');
      host.ended(await commands.plan(host.cli(command), file, options));
    });
  withExamples(plan, [
    'lifeboat plan drill.yaml',
    'lifeboat plan drill.yaml --simulate',
    'lifeboat plan drill.yaml --json | jq .guards',
  ]);
}

function addRun(program: Command, host: Host): void {
  const run = program
    .command('run')
    .summary('run a runbook to its end: restore, verify, report')
    .description(
      'Runs a runbook to its end: guards, recovery point, restore, verification, report. On a terminal it shows which ' +
        'clusters it erases and asks first. Without one, a restore or a cutover needs --yes. Stopped with Ctrl-C, it ' +
        'leaves the job for "lifeboat jobs resume".',
    )
    .argument('<runbook>', 'the runbook, a YAML file')
    .option('--simulate', 'against a simulated Atlas: no account and no network needed')
    .addOption(speedOption('how many times as fast simulated time goes by, 1 to 10000; 60 with --simulate'))
    .addOption(seedOption(SEED))
    .addOption(worldOption())
    .addOption(faultsOption())
    .addOption(autoApproveOption())
    .option(
      '--break-glass',
      'one person alone overwrites a protected cluster, where the policy allows it; on a terminal alone',
    )
    .addOption(yesOption())
    .addOption(jsonOption('print the final job as JSON, and nothing else, on stdout'))
    .action(async (file: string, options: RunOptions, command: Command) => {
      const commands = await import('../commands/run.ts');
      host.ended(await commands.run(host.cli(command), file, options));
    });
  withExamples(run, [
    'lifeboat run drill.yaml                          a drill in your Atlas',
    'lifeboat run restore.yaml --yes                  a restore, from a script',
    'lifeboat run drill.yaml --simulate               the same in a simulated one',
    'lifeboat run drill.yaml --simulate --speed 600   ... in a hurry',
    'lifeboat run drill.yaml --json --quiet | jq .rtoSeconds',
  ]);
}

function addReport(program: Command, host: Host): void {
  const report = program
    .command('report')
    .summary('write the report of a job')
    .description('Writes the report of a job, in whatever state it is, and prints where it is.')
    .argument('<job>', 'id of the job')
    .addOption(jsonOption('print the facts of the report as JSON instead of writing it'))
    .option('--output <file>', 'write the HTML page to this file instead of the home')
    .action(async (jobId: string, options: ReportOptions, command: Command) => {
      const commands = await import('../commands/report.ts');
      host.ended(await commands.report(host.cli(command), jobId, options));
    });
  withExamples(report, [
    'lifeboat report 01KAJ3W0Q4X9GZ5M1T2R8C7B6A',
    'lifeboat report 01KAJ3W0Q4X9GZ5M1T2R8C7B6A --output drill.html',
    'lifeboat report 01KAJ3W0Q4X9GZ5M1T2R8C7B6A --json | jq .chain',
  ]);
}
