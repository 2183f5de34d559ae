import * as z from 'zod';
import { plainLine, projectId } from '../runbooks/fields.ts';
import { idField } from '../runbooks/id-field.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { createUnlessThere } from './shared/already.ts';
import { distinct } from './shared/distinct.ts';

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

/**
 * Gives the responders' group at the identity provider its roles. A mapping that is there is left as it is.
 *
 * Doc: create-one-role-mapping-in-one-organization-configuration.
 */
export const roleMapping: StepKind<RoleMappingWith> = {
  use: 'role-mapping',
  stages: ['before'],
  effect: 'change',
  destroys: false,
  operations: { createRoleMapping: ['Organization Owner'] },
  with: settings,
  params: { organization: 'orgId', federation: 'federationSettingsId' },
  summary: ({ group, organization, organizationRoles, projectRoles }) =>
    `Give the group ${group} the roles ${[...organizationRoles, ...projectRoles.map((one) => one.role)].join(', ')} in organization ${organization}`,
  project: () => undefined,

  async send(settings, { atlas }) {
    const { federation, organization, group, organizationRoles, projectRoles } = settings;
    const roleAssignments = [
      ...organizationRoles.map((role) => ({ orgId: organization, role })),
      ...projectRoles.map(({ project, role }) => ({ groupId: project, role })),
    ];
    const path = { federationSettingsId: federation, orgId: organization };
    const body = { externalGroupName: group, roleAssignments };
    const change = await createUnlessThere(() => atlas.federation.createRoleMapping({ ...path, body }));
    const roles = roleAssignments.map(({ role }) => role).join(', ');
    if (change === 'made') {
      return {
        outcome: 'done',
        message: `The group ${group} has the roles ${roles} in organization ${organization}.`,
        evidence: { group, roles },
      };
    }
    return {
      outcome: 'done',
      message: `Organization ${organization} maps the group ${group} already. Its roles were left as they are; this runbook wants ${roles}.`,
      evidence: { already: true, group },
    };
  },
};
