import { projectNamesIn } from '../runbooks/project.ts';
import { isoTime } from '../clock.ts';
import { checkBeforeFresh, checkTarget as guardTarget } from '../runbooks/guards.ts';
import { targetPolicy } from '../jobs/target-policy.ts';
import { gatherFacts } from '../facts/gather-facts.ts';
import { advancingTask, forRestores, saveJob } from './define-task.ts';
import { toSteps } from './steps/to-steps.ts';
import { stopIfBlocked } from './stop-if-blocked.ts';

/**
 * Every guard that needs no recovery point. Nothing has been changed yet. Once the restore has been asked for, the
 * target is busy with our own restore, and looking again would tell nothing.
 *
 * @throws GuardsFailedError
 */
export const checkTarget = advancingTask(
  forRestores(async (job, context) => {
    if (job.restoreIntent !== undefined) return toSteps(job, 'ready');
    const facts = await gatherFacts(job.runbook, context.atlas, isoTime(context.clock.now()));
    const guards = [
      ...guardTarget(job.runbook, targetPolicy(job), facts.guardFacts),
      ...checkBeforeFresh(job.runbook, facts.guardFacts),
    ];
    const atlas = facts.kind === undefined ? job.atlas : { ...job.atlas, clusterKind: facts.kind };
    const { sourceProject, targetProject } = facts.guardFacts;
    const projects = { ...projectNamesIn([sourceProject, targetProject]), ...job.projects };
    await saveJob(job, { guards, atlas, projects }, context);
    await stopIfBlocked(job, guards, 'target', context);
    return toSteps(job, 'ready');
  }),
);
