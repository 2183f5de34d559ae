import { isoTime } from '../clock.ts';
import { openRequest } from '../jobs/approvals/open-request.ts';
import { standingOf } from '../jobs/approvals/rules.ts';
import type { Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import { anyTask, GO, saveJob, wait } from './define-task.ts';

/**
 * Begins the sleep of a workflow that waits for people, and tells whether it is over already: `go` once there is something
 * to see (a decision that settles what was asked, a request to cancel, the end of the time), else `wait`.
 *
 * On AWS the sleep is ended with the task's token. It is kept with the job first and the record looked at after it, so that
 * whoever writes a decision in that moment finds the token, or is found here. On one machine the engine asks again and again.
 */
export const awaitDecision = anyTask(async (job, context, { taskToken }) => {
  const kept =
    taskToken === undefined || job.taskToken === taskToken ? job : await saveJob(job, { taskToken }, context);
  return isSettled(kept, isoTime(context.clock.now())) ? GO : wait(0);
});

/** Whether whoever asked would go another way now. */
function isSettled(job: Job, now: string): boolean {
  if (isFinal(job.status)) return true;
  const open = openRequest(job);
  return open === undefined || standingOf(open.request, job, now) !== 'open';
}
