import { jobName } from '../../core/jobs/simulated.ts';
import { OtherAtlasError } from '../../core/jobs/errors.ts';
import type { Job } from '../../core/jobs/job.ts';
import { connectAtlas } from './atlas.ts';
import type { TaskPart } from './context.ts';
import { readEnvironment } from './environment.ts';
import { jobHistory } from './table.ts';

/**
 * For tasks that ask Atlas. When the installation was pointed at another Atlas while a job was open, that job does not go on there:
 * the other one knows nothing of its restore, so it would restore a second time, or call failed what goes on.
 */
export const withAtlas: TaskPart = {
  async context({ jobId }) {
    const store = jobHistory();
    return {
      atlas: await connectAtlas(),
      jobs: {
        ...store,
        async get(id) {
          const job = await store.get(id);
          if (id === jobId)
            refuseOtherAtlas(job, new URL(readEnvironment('origin').LIFEBOAT_ATLAS_URL).origin);
          return job;
        },
      },
    };
  },
};

/** @throws OtherAtlasError naming both. */
export function refuseOtherAtlas(job: Pick<Job, 'jobId' | 'atlasUrl' | 'simulation'>, here: string): void {
  const { atlasUrl } = job;
  if (atlasUrl === undefined || atlasUrl === here) return;
  throw new OtherAtlasError(
    `Job ${jobName(job)} began in the Atlas at ${atlasUrl}, and this installation asks the one at ${here}.`,
    {
      changed:
        'Nothing was changed in the Atlas asked now. What the job began in the other one goes on there.',
      next: `Look at its target in the Atlas at ${atlasUrl}, and start a new job here if one is wanted.`,
    },
  );
}
