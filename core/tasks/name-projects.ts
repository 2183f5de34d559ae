import { readProjectNames } from '../facts/project-names.ts';
import type { Job } from '../jobs/job.ts';
import { projectsOf } from '../runbooks/place.ts';
import type { TaskContext } from './context.ts';

/**
 * The names of a job's projects, for whom nothing else reads them: what the job has already, else as Atlas gives them now. A name that
 * cannot be read is absent and holds nothing up.
 */
export async function nameProjects(
  { runbook, projects }: Job,
  { atlas }: TaskContext,
): Promise<Required<Pick<Job, 'projects'>>> {
  return { projects: projects ?? (await readProjectNames(projectsOf(runbook), atlas)) };
}
