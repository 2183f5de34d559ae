import { isoTime, secondsBetween } from '../../clock.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { begin, end } from '../../jobs/phases.ts';
import { nextLookSeconds } from '../../polling/next-look.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import { amend } from '../amend.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forCutovers, GO, wait, type Transition } from '../define-task.ts';
import { SETTLE_SECONDS } from '../settle-seconds.ts';
import { CutoverTimeLimitError, CutoverUnsettledError } from './errors.ts';
import { noteStatus } from './note-status.ts';
import { readOrLater } from './read-or-later.ts';
import { isStanding, readingText, type Reading } from './reading.ts';
import { cutoverFailed } from './settle-cutover.ts';

/** Seconds between looks for the first half hour: nobody can write meanwhile, so an end is to be seen soon. */
const LOOK_AGAIN_SECONDS = 10;
const SOON_SECONDS = 1800;

/**
 * Looks whether Atlas has completed the cutover.
 *
 * @throws CutoverFailedError, CutoverTimeLimitError, CutoverUnsettledError when what looked like a cutover was none.
 */
export const followCutover = advancingTask(
  forCutovers(async (job, context) => {
    const { completedAt, intent, acceptedAt } = job.cutover;
    if (completedAt !== undefined) {
      await noteComplete(job, completedAt, context);
      return GO;
    }
    const elapsed = secondsBetween(intent?.at ?? acceptedAt ?? job.createdAt, isoTime(context.clock.now()));
    const reading = await readOrLater(job, 'cutover', context);
    if (reading === undefined) return laterIfInTime(job, elapsed, 'it could not be looked at');
    if (reading.status === 'FAILED' || reading.status === 'EXPIRED') {
      throw cutoverFailed(await noteStatus(job, reading, context), reading);
    }
    if (reading.status === 'COMPLETE') {
      await noteComplete(await complete(job, reading, context), reading.at, context);
      return GO;
    }
    stopIfMistaken(job, elapsed, reading);
    return laterIfInTime(job, elapsed, `it is ${readingText(reading)}`);
  }),
);

/** The job with its cutover completed. */
export function complete(
  job: CutoverJob,
  { at, status }: Reading,
  context: TaskContext,
): Promise<CutoverJob> {
  return amend(
    job,
    (current) => ({
      ...current,
      cutover: {
        ...current.cutover,
        ...(status !== undefined && { status }),
        acceptedAt: current.cutover.acceptedAt ?? at,
        completedAt: at,
      },
      phases: begin(end(current.phases, 'cutover', at), 'verify', at),
    }),
    context,
  );
}

/** Writes the milestone: Atlas has completed the cutover. */
export async function noteComplete(job: CutoverJob, at: string, context: TaskContext): Promise<void> {
  const { migration, target } = job.runbook;
  await context.jobs.append(job.jobId, {
    at,
    type: 'cutover-complete',
    once: 'cutover-complete',
    message: `Live migration ${migration} is complete: ${clusterName(target)} no longer follows its source.`,
    data: { completedAt: at, askedAt: job.cutover.intent?.at ?? null },
  });
}

/** A cutover that was only seen, and not answered for, was none when the target follows its source again. */
function stopIfMistaken({ cutover, runbook }: CutoverJob, elapsed: number, reading: Reading): void {
  if (cutover.adopted !== true || !isStanding(reading) || elapsed <= SETTLE_SECONDS) return;
  throw new CutoverUnsettledError(
    `Live migration ${runbook.migration} into ${clusterName(runbook.target)} looked as if it was being cut over, and is ${readingText(reading)} again.`,
    { next: 'Look at the migration in Atlas before running the runbook again.' },
  );
}

function laterIfInTime({ runbook }: CutoverJob, elapsed: number, seen: string): Transition {
  const limit = runbook.timeouts.cutover;
  if (elapsed <= limit) return wait(elapsed < SOON_SECONDS ? LOOK_AGAIN_SECONDS : nextLookSeconds(elapsed));
  throw new CutoverTimeLimitError(
    `Atlas had not completed the cutover of live migration ${runbook.migration} into ${clusterName(runbook.target)} after ${limit} s (timeouts.cutover): ${seen}.`,
    {
      next: 'Look at the migration in Atlas before anything writes again; raise timeouts.cutover if it is only slow.',
    },
  );
}
