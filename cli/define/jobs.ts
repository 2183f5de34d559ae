import { Option, type Command } from 'commander';
import { JOB_STATUSES } from '../../core/jobs/status.ts';
import { RUNBOOK_KINDS } from '../../core/runbooks/undertaking.ts';
import type { CancelOptions } from '../commands/jobs-cancel.ts';
import type { ListOptions } from '../commands/jobs-list.ts';
import type { ResumeOptions } from '../commands/jobs-resume.ts';
import type { ShowOptions } from '../commands/jobs-show.ts';
import {
  autoApproveOption,
  jsonOption,
  limitOption,
  reasonOption,
  speedOption,
  yesOption,
} from '../options.ts';
import { addDecisions } from './decisions.ts';
import { withExamples, type Host } from './host.ts';

const JOB = ['<job>', 'id of the job'] as const;
const EXAMPLE = '01KAJ3W0Q4X9GZ5M1T2R8C7B6A';

/** Defines `jobs` and its subcommands: the history, and what is done with a job that is there. */
export function addJobs(program: Command, host: Host): void {
  const jobs = program
    .command('jobs')
    .summary('look at past jobs, approve one, resume one, cancel one')
    .description('Looks at the history of jobs, approves them, resumes them and cancels them.')
    .helpCommand(false);
  withExamples(jobs, ['lifeboat jobs list', `lifeboat jobs show ${EXAMPLE}`]);
  addList(jobs, host);
  addLooks(jobs, host);
  addDecisions(jobs, host);
  addCancel(jobs, host);
  addResume(jobs, host);
}

function addList(jobs: Command, host: Host): void {
  const list = jobs
    .command('list')
    .summary('list jobs, newest first')
    .description('Lists jobs, newest first, a page at a time. Takes one of --cluster, --status and --kind.')
    .addOption(
      new Option('--cluster <project/cluster>', 'jobs that restore from this cluster').conflicts([
        'status',
        'kind',
      ]),
    )
    .addOption(new Option('--status <status>', 'jobs that stand so').choices(JOB_STATUSES).conflicts('kind'))
    .addOption(new Option('--kind <kind>', 'jobs of this kind').choices(RUNBOOK_KINDS))
    .addOption(limitOption('how many jobs, 1 to 200'))
    .option('--cursor <cursor>', 'where the page before said that this one begins')
    .addOption(jsonOption('print the page as JSON: jobs, and cursor when there are more'))
    .action(async (options: ListOptions, command: Command) => {
      const commands = await import('../commands/jobs-list.ts');
      host.ended(await commands.listJobs(host.cli(command), options));
    });
  withExamples(list, [
    'lifeboat jobs list --limit 5',
    'lifeboat jobs list --status FAILED',
    'lifeboat jobs list --cluster 5e2f1c0a9d3b7a4c8e6f0a01/orders --json',
  ]);
}

function addLooks(jobs: Command, host: Host): void {
  const show = jobs
    .command('show')
    .summary('show a job')
    .description('Shows what is known of a job.')
    .argument(...JOB)
    .addOption(jsonOption('print the job as JSON'))
    .action(async (jobId: string, options: ShowOptions, command: Command) => {
      const commands = await import('../commands/jobs-show.ts');
      host.ended(await commands.showJob(host.cli(command), jobId, options));
    });
  withExamples(show, [`lifeboat jobs show ${EXAMPLE}`, `lifeboat jobs show ${EXAMPLE} --json | jq .atlas`]);
  const timeline = jobs
    .command('timeline')
    .summary('show the timeline of a job')
    .description('Shows every event of a job, oldest first, with the beginning of its hash.')
    .argument(...JOB)
    .addOption(jsonOption('print the events as JSON'))
    .action(async (jobId: string, options: ShowOptions, command: Command) => {
      const commands = await import('../commands/jobs-timeline.ts');
      host.ended(await commands.showTimeline(host.cli(command), jobId, options));
    });
  withExamples(timeline, [`lifeboat jobs timeline ${EXAMPLE}`]);
  const verify = jobs
    .command('verify')
    .summary('check that the timeline of a job is as it was written')
    .description(
      'Checks that each event has its hash and names the one before, and that the events which the report holds are ' +
        'still there. Exits with 1 when they are not.',
    )
    .argument(...JOB)
    .addOption(jsonOption('print the outcome as JSON'))
    .action(async (jobId: string, options: ShowOptions, command: Command) => {
      const commands = await import('../commands/jobs-verify.ts');
      host.ended(await commands.verifyJob(host.cli(command), jobId, options));
    });
  withExamples(verify, [`lifeboat jobs verify ${EXAMPLE}`]);
}

function addCancel(jobs: Command, host: Host): void {
  const cancel = jobs
    .command('cancel')
    .summary('cancel a job')
    .description(
      'Asks a job to stop. Its next step sees it, cancels in Atlas what Atlas lets be cancelled (downloads; a restore ' +
        'onto a cluster goes on) and closes the job. When no process runs the job, this one does so, and exits with 1 if ' +
        'Atlas does not tell what became of the restore.',
    )
    .argument(...JOB)
    .addOption(reasonOption())
    .addOption(jsonOption('print the job as JSON'))
    .action(async (jobId: string, options: CancelOptions, command: Command) => {
      const commands = await import('../commands/jobs-cancel.ts');
      host.ended(await commands.cancel(host.cli(command), jobId, options));
    });
  withExamples(cancel, [`lifeboat jobs cancel ${EXAMPLE} --reason "wrong target"`]);
}

function addResume(jobs: Command, host: Host): void {
  const resume = jobs
    .command('resume')
    .summary('go on with a job whose process stopped')
    .description(
      'Goes on with a job that was interrupted or whose process died. What was done is found in its record and in Atlas, ' +
        'and never done twice. Takes the Atlas that the job began in. A job that has ended only gets what is missing of ' +
        'its end, such as its report.',
    )
    .argument(...JOB)
    .addOption(speedOption('how many times as fast simulated time goes by; as before by default'))
    .addOption(autoApproveOption())
    .addOption(yesOption())
    .addOption(jsonOption('print the final job as JSON, and nothing else, on stdout'))
    .action(async (jobId: string, options: ResumeOptions, command: Command) => {
      const commands = await import('../commands/jobs-resume.ts');
      host.ended(await commands.resume(host.cli(command), jobId, options));
    });
  withExamples(resume, [`lifeboat jobs resume ${EXAMPLE}`]);
}
