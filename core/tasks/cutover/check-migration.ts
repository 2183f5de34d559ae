import { nameProjects } from '../name-projects.ts';
import { advancingTask, forCutovers, saveJob } from '../define-task.ts';
import { toSteps } from '../steps/to-steps.ts';
import { stopIfBlocked } from '../stop-if-blocked.ts';
import { isPastGuards, lookAtGuards } from './check-guards.ts';

/**
 * Every guard that can have its say at the start. Nothing has been changed yet, and a migration that is over is left alone.
 *
 * @throws GuardsFailedError, ClusterNotFoundError, MigrationNotFoundError, MigrationCutOverError, MigrationFailedError,
 * MigrationExpiredError
 */
export const checkMigration = advancingTask(
  forCutovers(async (job, context) => {
    if (isPastGuards(job)) return toSteps(job, 'ready');
    const guards = await lookAtGuards(job, 'early', context);
    await saveJob(job, { guards, ...(await nameProjects(job, context)) }, context);
    await stopIfBlocked(job, guards, 'target', context);
    return toSteps(job, 'ready');
  }),
);
