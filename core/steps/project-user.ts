import * as z from 'zod';
import { projectId } from '../runbooks/fields.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { createUnlessThere } from './shared/already.ts';
import { distinct } from './shared/distinct.ts';

const settings = z.strictObject({
  project: projectId
    .optional()
    .describe('Project to let the user into; absent: the project of the target, so a download needs it'),
  username: z.email('is not an email address').describe('Email address of the user'),
  roles: distinct(
    z.string().regex(/^GROUP_[A-Z_]+$/, 'is not a project role such as GROUP_READ_ONLY'),
  ).describe('Roles in the project, such as GROUP_READ_ONLY'),
});

/** What `with` holds. */
export type ProjectUserWith = z.output<typeof settings>;

/**
 * Lets a responder into a project. Who is there already keeps the roles that they have.
 *
 * Doc: add-one-mongodb-cloud-user-to-one-project.
 */
export const projectUser: StepKind<ProjectUserWith> = {
  use: 'project-user',
  stages: ['before'],
  effect: 'change',
  destroys: false,
  operations: { addGroupUsers: ['Project Access Manager'] },
  with: settings,
  summary: ({ username, roles, project }, { target }) =>
    `Let ${username} into project ${project ?? target?.project ?? '(none is named)'} as ${roles.join(', ')}`,

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
