import { z } from 'zod';
import { ageHours, id } from './schema-parts.ts';

const user = z.strictObject({
  username: z.email(),
  firstName: z.string().default('Robin'),
  lastName: z.string().default('Doe'),
  ageHours: ageHours.default(5000),
  invitation: z.strictObject({ inviter: z.email(), daysLeft: z.number().default(30) }).optional(),
  organizationRoles: z.array(z.string()).default(['ORG_MEMBER']),
  projectRoles: z.record(id, z.array(z.string())).default({}),
});

const serviceAccount = z.strictObject({
  clientId: z.string().regex(/^mdb_sa_id_[a-fA-F\d]{24}$/),
  name: z.string().min(1),
  description: z.string().default(''),
  roles: z.array(z.string()).default(['ORG_MEMBER']),
  ageHours: ageHours.default(5000),
});

/**
 * An organization of a world file; one that a project names and the file does not describe is empty.
 *
 * - `id`, `unpaid` (some operations answer 402 then).
 * - `users`: `username` (email), `firstName`, `lastName`, `ageHours`, `organizationRoles`, `projectRoles` by project
 *   id, and for one that was invited and is not here `invitation` (`inviter`, `daysLeft`; expired at 0 or less).
 * - `teams`: `id`, `name`, `users` by name.
 * - `apiKeys`: `id`, `accessList` (`address`, a single one or a CIDR block, `ageHours`, `requests`).
 * - `serviceAccounts`: `clientId`, `name`, `description`, `roles`, `ageHours`.
 */
export const organization = z.strictObject({
  id,
  unpaid: z.boolean().default(false),
  users: z.array(user).default([]),
  teams: z
    .array(z.strictObject({ id, name: z.string().min(1), users: z.array(z.email()).default([]) }))
    .default([]),
  apiKeys: z
    .array(
      z.strictObject({
        id,
        accessList: z
          .array(
            z.strictObject({
              address: z.string().min(1),
              ageHours,
              requests: z.int().min(0).default(0),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  serviceAccounts: z.array(serviceAccount).default([]),
});

/**
 * A federation of a world file: `id`, `organizations` by id, `identityProviders` (`id`, `protocol` OIDC or SAML) and
 * `roleMappings` (`id`, `organization`, `externalGroupName`, `roleAssignments`).
 */
export const federation = z.strictObject({
  id,
  organizations: z.array(id).min(1),
  identityProviders: z
    .array(z.strictObject({ id, protocol: z.enum(['OIDC', 'SAML']).default('OIDC') }))
    .default([]),
  roleMappings: z
    .array(
      z.strictObject({
        id,
        organization: id,
        externalGroupName: z.string().min(1),
        roleAssignments: z.array(
          z.strictObject({ role: z.string().min(1), orgId: id.optional(), groupId: id.optional() }),
        ),
      }),
    )
    .default([]),
});
