import { isoTime } from '../clock.ts';
import { unrecordedNotices } from '../notify/notice-event.ts';
import { tell } from '../notify/tell.ts';
import { GO, quietTask, wait } from './define-task.ts';

/**
 * Tells people how the job ended, and what else has not reached them yet; comes back until every message has arrived or is
 * given up. What does not arrive changes nothing about the job. At last the timeline is given what a process that died
 * between its two writes recorded of a message in the job alone.
 */
export const sendNotices = quietTask(async ({ jobId }, context) => {
  const { clock, jobs } = context;
  const seconds = await tell(jobId, context);
  if (seconds !== undefined) return wait(seconds);
  const job = await jobs.get(jobId);
  if (Object.keys(job.notices).length === 0) return GO;
  const missing = unrecordedNotices(job, await jobs.timeline(jobId), isoTime(clock.now()));
  for (const event of missing) await jobs.append(jobId, event);
  return GO;
});
