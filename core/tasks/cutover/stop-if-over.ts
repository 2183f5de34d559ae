import type { CutoverJob } from '../../jobs/job.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import { amend } from '../amend.ts';
import type { TaskContext } from '../context.ts';
import { MigrationCutOverError, MigrationExpiredError, MigrationFailedError } from './errors.ts';
import { noteStatus } from './note-status.ts';
import type { Reading } from './reading.ts';

/**
 * Stops a job that has not asked for its cutover when the migration is over.
 *
 * @throws MigrationCutOverError, MigrationFailedError, MigrationExpiredError
 */
export async function stopIfOver(
  job: CutoverJob,
  { at, status }: Pick<Reading, 'at' | 'status'>,
  context: TaskContext,
): Promise<void> {
  const { migration, target } = job.runbook;
  const name = `Live migration ${migration} into ${clusterName(target)}`;
  if (status === 'COMPLETE') {
    await amend(
      job,
      (current) => ({ ...current, cutover: { ...current.cutover, status, foundCutOverAt: at } }),
      context,
    );
    throw new MigrationCutOverError(`${name} has been cut over already, and not by this job.`, {
      next: 'Nothing is left to cut over. If that is a surprise, ask who did it: the project events in Atlas name them.',
    });
  }
  if (status === 'FAILED') {
    await noteStatus(job, { status }, context);
    throw new MigrationFailedError(`${name} failed in Atlas, which gives no reason.`, {
      next: 'Look at the migration in Atlas, and begin a new one there.',
    });
  }
  if (status === 'EXPIRED') {
    await noteStatus(job, { status }, context);
    throw new MigrationExpiredError(
      `${name} expired: it was not cut over in the time that Atlas gave it (120 hours from when it was ready, unless extended).`,
      {
        next: 'Begin a new migration in Atlas.',
      },
    );
  }
}
