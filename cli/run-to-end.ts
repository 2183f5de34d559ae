import { jobName } from '../core/jobs/simulated.ts';
import { existsSync } from 'node:fs';
import { isoTime } from '../core/clock.ts';
import { HistoryLostError } from '../core/jobs/errors.ts';
import type { Job } from '../core/jobs/job.ts';
import { isFinal } from '../core/jobs/status.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { TimelineEvent } from '../core/jobs/timeline.ts';
import { buildReport } from '../core/report/build-report.ts';
import { clusterName } from '../core/runbooks/cluster.ts';
import { placeOf } from '../core/runbooks/place.ts';
import type { History } from '../local/history.ts';
import { reportFiles, reportPath } from '../local/report-files.ts';
import { runJob } from '../local/run-job.ts';
import { JobRunningError } from '../local/running-jobs.ts';
import { autoApprover } from './auto-approve.ts';
import type { Cli } from './cli.ts';
import { EXIT } from './exit-codes.ts';
import { listenForInterrupts } from './interrupts.ts';
import { jobDocument } from './job-document.ts';
import { didItsWork } from './job-outcome.ts';
import { printError, stacks } from './output/print-error.ts';
import { shorter } from './output/shorter.ts';
import { summaryLines } from './output/summary.ts';
import type { Progress } from './progress/progress.ts';
import { startProgress } from './progress/start-progress.ts';
import { watchJobs } from './progress/watch-jobs.ts';
import { watchOutlook } from './progress/watch-outlook.ts';
import type { Session } from './session.ts';

/** A job to run, and what to run it with. */
export interface Running {
  readonly cli: Cli;
  readonly history: History;
  readonly session: Session;
  /** What this machine requires of jobs. */
  readonly policy: Policy;
  readonly json: boolean;
  /** Plays the people whom the job asks; for a simulated job alone. */
  readonly autoApprove?: boolean | undefined;
}

/** A job that has ended, and what to tell of it. */
export interface Ended extends Omit<Running, 'session' | 'policy' | 'autoApprove'> {
  /** Milliseconds since the UNIX epoch. */
  readonly now: number;
}

/**
 * Runs a job in this process until it ends or is interrupted, shows its progress, and prints what came of it.
 *
 * @returns the exit code.
 * @throws JobRunningError when another live process runs it.
 */
export async function runToEnd(job: Job, running: Running): Promise<number> {
  const progress = await startProgress(job, running.session.clock, running.cli);
  const interrupts = listenForInterrupts(
    () => {
      progress.note('Stopping after the step under way. Once more: stop at once.');
    },
    () => {
      progress.stop();
      tellHowToGoOn(job, running.cli);
    },
  );
  try {
    const left = await runShowing(job, running, progress, interrupts.signal);
    progress.stop();
    if (isFinal(left.job.status)) {
      return await finish(left.job, { ...running, now: running.session.clock.now() });
    }
    return unfinished(left, running, interrupts.exitCode());
  } finally {
    progress.stop();
    interrupts.release();
  }
}

/** A job as it was left, and what kept its end from being written down. */
interface Left {
  readonly job: Job;
  readonly failure?: unknown;
}

/** Runs a job and shows its progress. A history that gives out on the way leaves the job as it was last seen. */
async function runShowing(
  job: Job,
  { cli, history, session: { clock, atlas, outbound }, policy, autoApprove }: Running,
  progress: Progress,
  signal: AbortSignal,
): Promise<Left> {
  let seen = job;
  let failure: unknown;
  const foretell = watchOutlook(history.jobs, progress);
  foretell(job);
  const jobs = watchJobs(history.jobs, {
    onSave: (saved) => {
      // The drills of a campaign are jobs of their own.
      if (saved.jobId !== job.jobId) return;
      seen = saved;
      progress.job(saved);
      foretell(saved);
    },
    onFailure: (error) => (failure = error),
  });
  const tell = (problem: string) => {
    progress.note(problem);
  };
  const approver = autoApprove === true ? autoApprover(job.jobId, history.jobs, clock, tell) : undefined;
  const onEvent = (event: TimelineEvent) => {
    progress.event(event);
    approver?.onEvent(event);
  };
  const onTaskError = (error: unknown) => {
    progress.note(stacks(error));
  };
  const reports = reportFiles(cli.home);
  const settings = { home: cli.home, clock, atlas, outbound, policy, jobs, reports, signal, onEvent };
  try {
    const ran = await runJob(job.jobId, { ...settings, ...(cli.debug && { onTaskError }) });
    progress.job(ran.job);
    return { job: ran.job, failure };
  } catch (error) {
    if (error instanceof JobRunningError) throw error;
    return { job: seen, failure: error };
  } finally {
    await approver?.settled();
  }
}

/**
 * Prints what came of a job that has ended, and writes its report if that is missing.
 *
 * @returns 0 when the job did what it was for, else 1.
 */
export async function finish(job: Job, { cli, history, json, now }: Ended): Promise<number> {
  const timeline = await history.jobs.timeline(job.jobId);
  const report = buildReport(job, timeline, isoTime(now));
  const path = reportPath(cli.home, job.jobId);
  const problem = existsSync(path) ? undefined : await writeReport();
  if (json) cli.out.line(jobDocument(job));
  else {
    const place = problem === undefined ? shorter(path) : undefined;
    cli.out.line(
      summaryLines(report, { reportPath: place, width: cli.out.width, colors: cli.out.colors }).join('\n'),
    );
  }
  if (problem !== undefined) printError(problem, cli.err, cli.debug);
  return didItsWork(job) && problem === undefined ? EXIT.done : EXIT.failed;

  async function writeReport(): Promise<unknown> {
    try {
      await reportFiles(cli.home).put(report);
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

/** Says that the job did not end, why if it was not interrupted, and how to go on with it. */
function unfinished(
  { job, failure }: Left,
  { cli, json }: Running,
  interruptCode: number | undefined,
): number {
  if (json) cli.out.line(jobDocument(job));
  if (interruptCode === undefined && failure !== undefined) printError(failure, cli.err, cli.debug);
  // There is no job to go on with.
  if (failure instanceof HistoryLostError) sayWhatIsKnown(job, cli);
  else tellHowToGoOn(job, cli);
  return interruptCode ?? EXIT.failed;
}

/** What this process last knew of a job whose record is gone: nothing else can tell any more. */
function sayWhatIsKnown(job: Job, { err }: Cli): void {
  const { status, atlas, runbook } = job;
  const { restoreJobId } = atlas;
  const { target } = placeOf(runbook);
  const place = target === undefined ? '' : ` on target ${clusterName(target)}`;
  const restore =
    restoreJobId === undefined ? 'no restore job of it was known' : `its restore job is ${restoreJobId}`;
  err.line(`Job ${jobName(job)}${place} was last seen ${status}; ${restore}. Its record is lost.`);
}

function tellHowToGoOn(job: Job, { err }: Cli): void {
  // On a terminal the command stands on a line of its own, to be copied whole.
  err.line(
    `Job ${jobName(job)} is not finished. Go on with:${err.live ? '\n  ' : ' '}lifeboat jobs resume ${job.jobId}`,
  );
}
