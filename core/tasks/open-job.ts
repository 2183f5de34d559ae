import { isoTime } from '../clock.ts';
import { begin } from '../jobs/phases.ts';
import { transition } from '../jobs/status.ts';
import { clusterName } from '../runbooks/cluster.ts';
import { advancingTask, GO, saveJob } from './define-task.ts';

/**
 * Starts the job. The lease on the target is already taken here: every task that moves a job on renews it first.
 *
 * @throws LeaseHeldError when another job works on the target.
 */
export const openJob = advancingTask(async (job, context) => {
  const now = isoTime(context.clock.now());
  if (job.status === 'PENDING') {
    await saveJob(
      job,
      {
        status: transition(job.jobId, job.status, 'RUNNING'),
        startedAt: now,
        phases: begin(job.phases, 'guard', now),
      },
      context,
    );
  }
  const { runbook } = job;
  const target = runbook.target === undefined ? 'a download' : clusterName(runbook.target);
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'job-started',
    once: 'job-started',
    message: `${runbook.kind === 'drill' ? 'Drill' : 'Restore'} "${runbook.name}" began: ${clusterName(runbook.source)} to ${target}.`,
    data: { startedBy: job.startedBy.who, by: job.startedBy.type },
  });
  // Resumed after it had failed: nothing more is begun, and its clean-up goes on where it was.
  return job.failure === undefined ? GO : { next: 'failed' };
});
