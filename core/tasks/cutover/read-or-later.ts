import type { CutoverJob } from '../../jobs/job.ts';
import type { TaskContext } from '../context.ts';
import { isGone } from '../gone.ts';
import { isMissing, maySeeLater, noteUnseen } from '../unseen.ts';
import { readNow, type Reading } from './reading.ts';

/** What is looked at, as the timeline tells it. */
const TITLES = { migration: 'The live migration', cutover: 'The cutover' } as const;

/**
 * The migration; undefined while Atlas does not answer, which a migration of days outlives, or does not know or show a cutover that
 * it was asked for. That is told once for each reason. A migration that is only watched is believed to be gone after a while.
 *
 * @throws what another look would not change.
 */
export async function readOrLater(
  job: CutoverJob,
  what: keyof typeof TITLES,
  context: TaskContext,
): Promise<Reading | undefined> {
  try {
    return await readNow(job, context);
  } catch (error) {
    if (isMissing(error) && what === 'migration') {
      if (await isGone(job, `Live migration ${job.runbook.migration}`, context)) throw error;
      return undefined;
    }
    // Nothing was asked for yet while a migration is watched: who may not look at it is told at once.
    if (!(maySeeLater(error) || isMissing(error)) || (what === 'migration' && !error.retryable)) throw error;
    await noteUnseen(job, { what, title: TITLES[what] }, error, context);
    return undefined;
  }
}
