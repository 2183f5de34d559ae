import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, objectId } from '../schemas.ts';

/** How a project's database users prove who they are by LDAP and certificates. */
const userSecurity = z.looseObject({
  customerX509: maybe(z.looseObject({ cas: maybe(z.string()) })),
  ldap: maybe(
    z.looseObject({
      authenticationEnabled: maybe(z.boolean()),
      authorizationEnabled: maybe(z.boolean()),
      authzQueryTemplate: maybe(z.string()),
      bindUsername: maybe(z.string()),
      caCertificate: maybe(z.string()),
      hostname: maybe(z.string()),
      port: maybe(z.number()),
      /** Absent or empty once the mapping is removed. */
      userToDNMapping: maybe(
        z.array(
          z.looseObject({
            match: maybe(z.string()),
            ldapQuery: maybe(z.string()),
            substitution: maybe(z.string()),
          }),
        ),
      ),
    }),
  ),
});

/** LDAP configuration. */
export const ldapOperations = {
  /**
   * Removes the mapping from users to distinguished names from a project's LDAP configuration. The role: Project Owner. It
   * answers 202 with what is left of the configuration, or with nothing.
   *
   * Doc: remove-ldap-user-to-dn-mapping.
   */
  deleteLdapUserMapping: {
    operationId: 'deleteLdapUserMapping',
    method: 'DELETE',
    path: '/api/atlas/v2/groups/{groupId}/userSecurity/ldap/userToDNMapping',
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Owner'],
    source: 'remove-ldap-user-to-dn-mapping',
    shape: 'one',
    params: z.strictObject({ groupId: objectId }),
    reply: userSecurity.optional(),
  },
} satisfies Readonly<Record<string, Operation>>;
