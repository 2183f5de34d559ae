import type { RoleMappingWith } from '../runbooks/steps/role-mapping.ts';
import { createUnlessThere } from './already.ts';
import type { StepWork } from './step.ts';

/** Maps a group of the identity provider to roles. A mapping that is there is left as it is. */
export const roleMapping: StepWork<RoleMappingWith> = {
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
