import type { ProjectUserWith } from '../runbooks/steps/project-user.ts';
import { createUnlessThere } from './already.ts';
import type { StepAnswer, StepWork } from './step.ts';

/** Lets a user into a project; who is there already keeps the roles that they have. */
export const projectUser: StepWork<ProjectUserWith> = {
  async send({ project, username, roles }, { atlas, target }) {
    const groupId = project ?? target?.project;
    // The project of the source holds what is to be protected: nobody is let into it unless the runbook says so.
    if (groupId === undefined) return noProject(username);
    const body = { username, roles };
    const change = await createUnlessThere(() => atlas.projectUsers.addGroupUsers({ groupId, body }));
    if (change === 'made') {
      return {
        outcome: 'done',
        message: `${username} is let into project ${groupId} as ${roles.join(', ')}; who is new to the organization gets an invitation first.`,
        evidence: { username, roles: roles.join(', ') },
      };
    }
    return {
      outcome: 'done',
      message: `${username} was in project ${groupId} already. Their roles were left as they are; this runbook wants ${roles.join(', ')}.`,
      evidence: { already: true, username },
    };
  },
};

function noProject(username: string): StepAnswer {
  const message = `The runbook names no target, and the step no project, so it is not known where to let ${username} in. Nothing was done. Write the project under with.project.`;
  return { outcome: 'failed', message };
}
