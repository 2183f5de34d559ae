import type { Command } from 'commander';
import type { DecideOptions } from '../commands/jobs-decide.ts';
import { jsonOption, reasonOption } from '../options.ts';
import { withExamples, type Host } from './host.ts';

const EXAMPLE = '01KAJ3W0Q4X9GZ5M1T2R8C7B6A';

const DECISIONS = {
  approve: {
    summary: 'approve what a job asks for',
    description:
      'Approves what a job asks people for, and lets it go on once enough of them have. Shows what would be done and asks, ' +
      'on a terminal; elsewhere --plan is needed. Whoever started the job can not approve it.',
    reason: 'ticket 4711, agreed with the order team',
  },
  reject: {
    summary: 'say no to what a job asks for',
    description:
      'Says no to what a job asks people for. One no is enough: the job fails before it has done what it asked for. ' +
      'Whoever started the job cancels it instead.',
    reason: 'the order team still writes',
  },
} as const;

/** Defines `jobs approve` and `jobs reject`: what people say to a job that waits for them. */
export function addDecisions(jobs: Command, host: Host): void {
  for (const decision of ['approve', 'reject'] as const) {
    const { summary, description, reason } = DECISIONS[decision];
    const command = jobs
      .command(decision)
      .summary(summary)
      .description(description)
      .argument('<job>', 'id of the job')
      .addOption(reasonOption())
      .option('--plan <hash>', 'the plan that is meant: the digits that "jobs show" prints, at least 8')
      .option('--yes', 'do not ask')
      .addOption(jsonOption('print the job as JSON'))
      .action(async (jobId: string, options: DecideOptions, self: Command) => {
        const commands = await import('../commands/jobs-decide.ts');
        host.ended(await commands.decide(host.cli(self), decision, jobId, options));
      });
    withExamples(command, [
      `lifeboat jobs ${decision} ${EXAMPLE} --reason "${reason}"`,
      `lifeboat jobs ${decision} ${EXAMPLE} --reason "${reason}" --plan 3f9a1c0b77de`,
    ]);
  }
}
