import { jobName } from '../../core/jobs/simulated.ts';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import type { Clock } from '../../core/clock.ts';
import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/status.ts';
import { runnerOf } from '../../local/running-jobs.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import type { Cli, Remote } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { jobDocument } from '../job-document.ts';
import { reachRemote } from '../reach-remote.ts';
import { runToEnd } from '../run-to-end.ts';
import { sessionOf } from '../session-of-job.ts';
import { tryAtlas } from '../try-atlas.ts';
import { whoTypes } from '../who.ts';
import { latestInstant, withJob, type JobRecord } from '../with-job.ts';

/** Options of `jobs cancel`. */
export interface CancelOptions {
  readonly reason: string;
  readonly json?: boolean;
}

/** Asks a job to stop; when no live process runs it, closes it here. */
export async function cancel(cli: Cli, jobId: string, options: CancelOptions): Promise<number> {
  if (cli.remote !== undefined) return cancelThere(cli.remote, cli, jobId, options);
  return withJob(cli, jobId, async (record) => {
    const { job } = record;
    const runner = await runnerOf(cli.home, jobId);
    if (runner !== undefined || isFinal(job.status)) return markOnly(cli, record, runner, options);
    const session = await sessionOf(record, cli, { stopping: true });
    try {
      await tryAtlas(job.runbook, session, cli);
      const marked = await mark(record, options.reason, session.clock);
      const { history } = record;
      const code = await runToEnd(marked, {
        cli,
        history,
        session,
        policy: job.policy,
        json: options.json ?? false,
      });
      const ended = await history.jobs.get(jobId);
      // A cancelled job is what was asked for.
      return ended.status === 'CANCELLED' ? tellIfUnsure(ended, cli) : code;
    } finally {
      await session.close();
    }
  });
}

async function cancelThere(
  remote: Remote,
  cli: Cli,
  jobId: string,
  { reason, json }: CancelOptions,
): Promise<number> {
  const api = await reachRemote(remote, cli);
  const job = await api.cancel(jobId, reason);
  cli.out.line(json ? jobDocument(job) : `Job ${jobName(job)} will be cancelled at its next step.`);
  return EXIT.done;
}

function tellIfUnsure(job: Job, { err }: Cli): number {
  if (job.failure?.unsure !== true) return EXIT.done;
  err.line(
    `Job ${jobName(job)} is cancelled, but Atlas did not tell what became of its restore: look there.`,
  );
  return EXIT.failed;
}

async function markOnly(
  cli: Cli,
  record: JobRecord,
  runner: number | undefined,
  options: CancelOptions,
): Promise<number> {
  const marked = await mark(
    record,
    options.reason,
    scaledClock(1, Math.max(Date.now(), latestInstant(record))),
  );
  if (options.json) cli.out.line(jobDocument(marked));
  else
    cli.out.line(
      `Job ${jobName(marked)} will be cancelled: process ${runner ?? '?'} runs it and sees that at its next step.`,
    );
  return EXIT.done;
}

/** @throws IllegalTransitionError when the job has ended. */
function mark({ history, job }: JobRecord, reason: string, clock: Clock): Promise<Job> {
  return cancelJob(job.jobId, { by: whoTypes(), reason }, history.jobs, clock);
}
