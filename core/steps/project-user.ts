import type { ProjectUserWith } from '../runbooks/steps/project-user.ts';
import { createUnlessThere } from './already.ts';
import type { StepWork } from './step.ts';

/** Lets a user into a project; who is there already keeps the roles that they have. */
export const projectUser: StepWork<ProjectUserWith> = {
  async send({ project, username, roles }, { atlas, source, target }) {
    const groupId = project ?? (target ?? source).project;
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
