import { OtherAtlasError } from '../core/jobs/errors.ts';
import { isRestoreJob, type Job } from '../core/jobs/job.ts';
import { jobName } from '../core/jobs/simulated.ts';
import { isOnThisMachine } from './choose-clock.ts';

/** The part of a base URL that tells one Atlas from another, such as `https://cloud.mongodb.com`. */
export function atlasOrigin(baseUrl: string): string {
  return new URL(baseUrl).origin;
}

/**
 * Refuses to go on with a job anywhere but in the Atlas it began in: another one knows nothing of its restore, so the job
 * would restore a second time, or call failed what goes on. A simulator on this machine may be back under another port, as
 * long as the job has asked nothing of it that it would have to find again.
 *
 * @param baseUrl where Atlas is now.
 * @throws OtherAtlasError naming both.
 */
export function refuseOtherAtlas(job: Job, baseUrl: string): void {
  const { atlasUrl } = job;
  const here = atlasOrigin(baseUrl);
  if (atlasUrl === undefined || atlasUrl === here || mayMove(job, atlasUrl, here)) return;
  throw new OtherAtlasError(
    `Job ${jobName(job)} began in the Atlas at ${atlasUrl}, and this is the one at ${here}.`,
    {
      changed: 'Nothing was changed.',
      next: `Set MONGODB_ATLAS_BASE_URL to ${atlasUrl}, with credentials for it, and run the command again.`,
    },
  );
}

function mayMove(job: Job, from: string, to: string): boolean {
  const asked = isRestoreJob(job)
    ? job.restoreIntent !== undefined || job.snapshotIntent !== undefined
    : job.guardsPassedAt !== undefined;
  return !asked && isOnThisMachine(from) && isOnThisMachine(to);
}
