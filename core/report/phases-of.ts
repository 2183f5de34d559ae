import { approvalNeeded } from '../jobs/approvals/needed.ts';
import { PHASES, workflowOf, type Job, type PhaseName } from '../jobs/job.ts';

/** The phases that a job has, in order, also those that it has not reached; an approval only where somebody is asked. */
export function phasesOf(job: Job): readonly PhaseName[] {
  return PHASES[workflowOf(job.kind)].filter(
    (name) => name !== 'approval' || job.phases.approval !== undefined || approvalNeeded(job) !== undefined,
  );
}
