import { isoTime } from '../../clock.ts';
import { runIsThere } from '../../facts/find-run.ts';
import { runTitle } from '../../jobs/run-title.ts';
import { decide } from '../../runbooks/guards.ts';
import { stepGuards } from '../../runbooks/guards/steps.ts';
import { nameProjects } from '../name-projects.ts';
import { advancingTask, forPipelines, saveJob } from '../define-task.ts';
import { toSteps } from '../steps/to-steps.ts';
import { stopIfBlocked } from '../stop-if-blocked.ts';
import { badEndOf, lookAtRun, recordOf } from './look-at-run.ts';

/**
 * Whether there is such a run, and it can still be followed; and whether the steps of the runbook may run. Nothing has been
 * changed yet.
 *
 * @throws PipelineGoneError, PipelineRunFailedError, PipelineDatasetDeletedError, GuardsFailedError
 */
export const checkRun = advancingTask(
  forPipelines(async (job, context) => {
    if (job.phases.run !== undefined) return toSteps(job, 'ready');
    const seen = await lookAtRun(job, context);
    const badEnd = badEndOf(seen);
    if (badEnd !== undefined) {
      await saveJob(seen.job, { run: recordOf(seen.job.run, seen.state) }, context);
      throw badEnd;
    }
    const found = { title: runTitle(seen.job), state: seen.state };
    const guards = [runIsThere(job.runbook.pipeline, found), ...stepGuards(job.runbook, job.policy)];
    const now = isoTime(context.clock.now());
    const passed = decide(guards, job.runbook.guards.unknown).ok;
    const guardsPassedAt = job.guardsPassedAt ?? (passed ? now : undefined);
    const names = await nameProjects(seen.job, context);
    const changes = { guards, run: recordOf(seen.job.run, seen.state), ...names };
    await saveJob(seen.job, guardsPassedAt === undefined ? changes : { ...changes, guardsPassedAt }, context);
    await stopIfBlocked(job, guards, 'run', context);
    return toSteps(job, 'ready');
  }),
);
