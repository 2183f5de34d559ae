import { isoTime } from '../../clock.ts';
import { sentence } from '../../sentence.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { writesStoppedAt, writeStopLeft } from '../../jobs/write-stop.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import type { TaskContext } from '../context.ts';
import type { Transition } from '../define-task.ts';
import { WriteStopLimitError } from './errors.ts';

/**
 * Stops a job whose application may not be kept from writing any longer. Only for as long as the cutover is not asked for:
 * once it is, giving up would not bring it back.
 *
 * @param seen what the migration was last seen as, for the message.
 * @throws WriteStopLimitError
 */
export function stopIfWriteStopOver(job: CutoverJob, seen: string, { clock }: TaskContext): void {
  const { cutover, runbook } = job;
  if (cutover.intent !== undefined || writeStopLeft(job, isoTime(clock.now())) > 0) return;
  throw new WriteStopLimitError(
    `Writes to the source of live migration ${runbook.migration} into ${clusterName(runbook.target)} have been stopped since ${writesStoppedAt(job) ?? ''}, and its cutover could not be asked for within ${runbook.maxWriteStop} s (maxWriteStop): ${sentence(seen)}`,
    {
      next: 'Find out what kept it; then run the runbook again, with a longer maxWriteStop if it was too short.',
    },
  );
}

/** A way whose wait is no longer than what is left of the write stop, so that it ends on time. */
export function cutToWriteStop(way: Transition, job: CutoverJob, { clock }: TaskContext): Transition {
  if (way.waitSeconds === undefined || job.cutover.intent !== undefined) return way;
  const left = Math.max(1, Math.ceil(writeStopLeft(job, isoTime(clock.now()))));
  return { ...way, waitSeconds: Math.min(way.waitSeconds, left) };
}
