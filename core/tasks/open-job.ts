import { isoTime } from '../clock.ts';
import { recordBreakGlass } from '../commands/start-job.ts';
import { runbookHash } from '../jobs/end-event.ts';
import { begin } from '../jobs/phases.ts';
import { transition } from '../jobs/status.ts';
import { KIND_TITLES, undertaking } from '../runbooks/undertaking.ts';
import { GO, openingTask, saveJob } from './define-task.ts';

/**
 * Starts the job. The lease on the target is already taken here: every task that moves a job on renews it first.
 *
 * @throws LeaseHeldError when another job works on the target.
 */
export const openJob = openingTask(async (job, context) => {
  const now = isoTime(context.clock.now());
  if (job.status === 'PENDING') {
    await saveJob(
      job,
      {
        status: transition(job, 'RUNNING'),
        startedAt: now,
        phases: begin(job.phases, 'guard', now),
      },
      context,
    );
  }
  // The process that started the job may have died between its two writes.
  await recordBreakGlass(job, context.jobs);
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'job-started',
    once: 'job-started',
    message: `${KIND_TITLES[job.kind]} "${job.runbook.name}" began: ${undertaking(job.runbook)}.`,
    data: {
      startedBy: job.startedBy.who,
      by: job.startedBy.type,
      runbookHash: runbookHash(job),
      ...(job.simulation !== undefined && { simulated: true }),
    },
  });
  // Resumed after it had failed: nothing more is begun, and its clean-up goes on where it was.
  return job.failure === undefined ? GO : { next: 'failed' };
});
