import * as z from 'zod';
import { plainLine, projectId } from '../fields.ts';
import { distinct } from './distinct.ts';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

const role = (prefix: 'ORG' | 'GROUP') =>
  z.string().regex(new RegExp(`^${prefix}_[A-Z_]+$`), `is not a role such as ${prefix}_READ_ONLY`);

const settings = z.strictObject({
  federation: idField('federation settings'),
  organization: idField('organization'),
  group: plainLine.min(1, 'is empty').max(200).describe("Name of the identity provider's group"),
  organizationRoles: distinct(role('ORG')).describe(
    'What its members may do in the organization, at least one role, such as ORG_MEMBER',
  ),
  projectRoles: z
    .array(z.strictObject({ project: projectId, role: role('GROUP').describe('Role in the project') }))
    .default([])
    .describe('What its members may do in projects'),
});

/** What `with` holds. */
export type RoleMappingWith = z.output<typeof settings>;

/** Gives the responders' group at the identity provider its roles (create-one-role-mapping-in-one-organization-configuration). */
export const roleMappingKind = {
  use: 'role-mapping',
  stages: ['before'],
  effect: 'change',
  destroys: false,
  operations: ['createRoleMapping'],
  with: settings,
  summary: ({ group, organization, organizationRoles, projectRoles }) =>
    `Give the group ${group} the roles ${[...organizationRoles, ...projectRoles.map((one) => one.role)].join(', ')} in organization ${organization}`,
  project: () => undefined,
} as const satisfies StepKind<RoleMappingWith>;
