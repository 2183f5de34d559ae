import { isoTime } from '../clock.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';

/** Writes the milestone; repeated after a crash, it is written once all the same. */
export async function recordStart(
  job: RestoreJob,
  restoreJobId: string,
  context: TaskContext,
): Promise<void> {
  const { target, source } = job.runbook;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-started',
    once: 'restore-started',
    message:
      target === undefined
        ? `Atlas prepares a download of ${clusterName(source)}: restore job ${restoreJobId}.`
        : `Atlas restores onto ${clusterName(target)}: restore job ${restoreJobId}.`,
    data: { restoreJobId },
  });
}
