import type { RemoveLdapMappingWith } from '../runbooks/steps/remove-ldap-mapping.ts';
import { deleteUnlessGone } from './already.ts';
import { onTarget } from './on-target.ts';
import type { StepWork } from './step.ts';

/** Removes the mapping of LDAP users to distinguished names from the target's project; never twice, for somebody may have set a new one. */
export const removeLdapMapping: StepWork<RemoveLdapMappingWith> = {
  once: true,
  send: onTarget(async (_settings, { project }, { atlas }) => {
    const change = await deleteUnlessGone(() => atlas.ldap.deleteLdapUserMapping({ groupId: project }));
    if (change === 'made') {
      return { outcome: 'done', message: `Atlas removed the LDAP mapping of project ${project}.` };
    }
    return {
      outcome: 'done',
      message: `Project ${project} had no LDAP mapping; there was nothing to remove.`,
      evidence: { already: true },
    };
  }),
};
