import { jobName } from '../../core/jobs/simulated.ts';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/status.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { listenForInterrupts, type Interrupts } from '../interrupts.ts';
import { jobDocument } from '../job-document.ts';
import { didItsWork } from '../job-outcome.ts';
import { summaryLines } from '../output/summary.ts';
import type { Progress } from '../progress/progress.ts';
import { startProgress } from '../progress/start-progress.ts';
import { agingOutlook } from './aging-outlook.ts';
import { RemoteFailedError } from './errors.ts';
import type { RemoteApi } from './remote-api.ts';

/** Between two looks at a job, in milliseconds: at once when something happens, seldom while nothing does. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const GROWTH = 1.3;

/** Shows the progress of a job that runs elsewhere until it ends, and prints what came of it. Gives the exit code. */
export async function followJob(job: Job, api: RemoteApi, cli: Cli, json: boolean): Promise<number> {
  const clock = scaledClock(1, Math.max(Date.now(), Date.parse(job.updatedAt)));
  const progress = await startProgress(job, clock, cli);
  const interrupts = listenForInterrupts(
    () => undefined,
    () => {
      progress.stop();
    },
  );
  try {
    const ended = await watched(job, api, progress, clock, interrupts);
    progress.stop();
    if (ended === undefined) {
      cli.err.line(
        `Job ${jobName(job)} goes on without this command. Look at it with: lifeboat jobs show ${job.jobId}`,
      );
      return interrupts.exitCode() ?? EXIT.interrupted;
    }
    await tell(ended, api, cli, json);
    return didItsWork(ended) ? EXIT.done : EXIT.failed;
  } finally {
    progress.stop();
    interrupts.release();
  }
}

/** The job once it has ended; undefined when this command is to end first. */
async function watched(
  { jobId }: Job,
  api: RemoteApi,
  progress: Progress,
  clock: Clock,
  { signal }: Interrupts,
): Promise<Job | undefined> {
  const follow = agingOutlook(progress, clock);
  let told = 0;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const { outlook, ...job } = await api.job(jobId);
      const events = (await api.timeline(jobId)).filter(({ sequence }) => sequence > told);
      for (const event of events) progress.event(event);
      progress.job(job);
      follow(outlook);
      told = events.at(-1)?.sequence ?? told;
      if (isFinal(job.status)) return job;
      pause = events.length > 0 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * GROWTH);
    } catch (error) {
      // The job goes on whether or not it can be seen.
      if (!(error instanceof RemoteFailedError) || !error.retryable) throw error;
      progress.note(error.message);
      pause = LONGEST_PAUSE_MS;
    }
    await setTimeout(pause, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

async function tell(job: Job, api: RemoteApi, { out }: Cli, json: boolean): Promise<void> {
  if (json) {
    out.line(jobDocument(job));
    return;
  }
  const { width, colors } = out;
  out.line(summaryLines(await api.report(job.jobId), { reportPath: undefined, width, colors }).join('\n'));
}
