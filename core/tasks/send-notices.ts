import { tell } from '../notify/tell.ts';
import { GO, quietTask, wait } from './define-task.ts';

/**
 * Tells people how the job ended, and what else has not reached them yet; comes back until every message has arrived or is
 * given up. What does not arrive changes nothing about the job.
 */
export const sendNotices = quietTask(async (job, context) => {
  const seconds = await tell(job.jobId, context);
  return seconds === undefined ? GO : wait(seconds);
});
