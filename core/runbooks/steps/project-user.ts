import * as z from 'zod';
import { projectId } from '../fields.ts';
import { distinct } from './distinct.ts';
import type { StepKind } from './kind.ts';

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

/** Lets a responder into a project (add-one-mongodb-cloud-user-to-one-project). */
export const projectUserKind = {
  use: 'project-user',
  stages: ['before'],
  effect: 'change',
  destroys: false,
  operations: ['addGroupUsers'],
  with: settings,
  summary: ({ username, roles, project }, { target }) =>
    `Let ${username} into project ${project ?? target?.project ?? '(none is named)'} as ${roles.join(', ')}`,
} as const satisfies StepKind<ProjectUserWith>;
