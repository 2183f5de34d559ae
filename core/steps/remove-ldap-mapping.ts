import * as z from 'zod';
import type { StepKind } from './protocol/step-kind.ts';
import { deleteUnlessGone } from './shared/already.ts';
import { onTarget } from './shared/on-target.ts';

const settings = z.strictObject({});

/** What `with` holds: nothing. */
export type RemoveLdapMappingWith = z.output<typeof settings>;

/**
 * After a compromise: removes the mapping of LDAP users to distinguished names. Never twice, for somebody may have set a new
 * one.
 *
 * Doc: remove-ldap-user-to-dn-mapping.
 */
export const removeLdapMapping: StepKind<RemoveLdapMappingWith> = {
  use: 'remove-ldap-mapping',
  stages: ['after'],
  effect: 'change',
  destroys: {
    what: 'the LDAP mapping of the project of the target',
    name: (_settings, { target }) => target?.project ?? '',
  },
  operations: { deleteLdapUserMapping: ['Project Owner'] },
  with: settings,
  summary: (_settings, { target }) =>
    `Remove the LDAP mapping of project ${target?.project ?? 'of the target'}`,

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
