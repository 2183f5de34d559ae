import * as z from 'zod';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({});

/** What `with` holds: nothing. */
export type RemoveLdapMappingWith = z.output<typeof settings>;

/** After a compromise: removes the mapping of LDAP users to distinguished names (remove-ldap-user-to-dn-mapping). */
export const removeLdapMappingKind = {
  use: 'remove-ldap-mapping',
  stages: ['after'],
  effect: 'change',
  destroys: true,
  operations: ['deleteLdapUserMapping'],
  with: settings,
  summary: (_settings, { target }) =>
    `Remove the LDAP mapping of project ${target?.project ?? 'of the target'}`,
  confirmName: (_settings, { target }) => target?.project ?? '',
} as const satisfies StepKind<RemoveLdapMappingWith>;
