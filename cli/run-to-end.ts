import { existsSync } from 'node:fs';
import { isoTime } from '../core/clock.ts';
import type { Job } from '../core/jobs/job.ts';
import { isFinal } from '../core/jobs/status.ts';
import type { TimelineEvent } from '../core/jobs/timeline.ts';
import { buildReport } from '../core/report/build-report.ts';
import type { History } from '../local/history.ts';
import { reportFiles, reportPath } from '../local/report-files.ts';
import { runJob } from '../local/run-job.ts';
import type { Cli } from './cli.ts';
import { EXIT } from './exit-codes.ts';
import { listenForInterrupts } from './interrupts.ts';
import { jobDocument } from './job-document.ts';
import { printError } from './output/print-error.ts';
import { shorter } from './output/shorter.ts';
import { summaryLines } from './output/summary.ts';
import { startProgress } from './progress/progress.ts';
import { watchJobs } from './progress/watch-jobs.ts';
import type { Session } from './session.ts';

/** A job to run, and what to run it with. */
export interface Running {
  readonly cli: Cli;
  readonly history: History;
  readonly session: Session;
  readonly json: boolean;
}

/** A job that has ended, and what to tell of it. */
export interface Ended extends Omit<Running, 'session'> {
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
  const { cli, history, session } = running;
  const progress = await startProgress(job, session.clock, cli);
  const interrupts = listenForInterrupts(() => {
    progress.note('Stopping after the step under way. Once more: stop at once.');
  });
  let failedWrite: unknown;
  const jobs = watchJobs(history.jobs, {
    onSave: (saved) => {
      progress.job(saved);
    },
    onFailure: (error) => (failedWrite = error),
  });
  const onEvent = (event: TimelineEvent) => {
    progress.event(event);
  };
  const { clock, atlas } = session;
  const settings = {
    home: cli.home,
    clock,
    atlas,
    jobs,
    reports: reportFiles(cli.home),
    signal: interrupts.signal,
    onEvent,
  };
  try {
    const { job: latest } = await runJob(job.jobId, settings);
    progress.job(latest);
    progress.stop();
    if (isFinal(latest.status)) return await finish(latest, { ...running, now: clock.now() });
    return unfinished(latest, running, interrupts.exitCode(), failedWrite);
  } finally {
    progress.stop();
    interrupts.release();
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
  const passed = job.status === 'SUCCEEDED' && job.verdict !== 'failed';
  if (json) cli.out.line(jobDocument(job));
  else {
    const place = problem === undefined ? shorter(path) : undefined;
    cli.out.line(
      summaryLines(report, { reportPath: place, width: cli.out.width, colors: cli.out.colors }).join('\n'),
    );
  }
  if (problem !== undefined) printError(problem, cli.err, false);
  return passed && problem === undefined ? EXIT.done : EXIT.failed;

  async function writeReport(): Promise<unknown> {
    try {
      await reportFiles(cli.home).put(report);
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

/** The job did not end: it was interrupted, or its end could not be written down. */
function unfinished(
  job: Job,
  { cli, json }: Running,
  interruptCode: number | undefined,
  failedWrite: unknown,
): number {
  if (json) cli.out.line(jobDocument(job));
  if (interruptCode === undefined && failedWrite !== undefined) printError(failedWrite, cli.err, false);
  // On a terminal the command stands on a line of its own, to be copied whole.
  const between = cli.err.live ? '\n  ' : ' ';
  cli.err.line(`Job ${job.jobId} is not finished. Go on with:${between}lifeboat jobs resume ${job.jobId}`);
  return interruptCode ?? EXIT.failed;
}
