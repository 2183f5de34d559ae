import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  federation: idField('federation settings'),
  identityProvider: z
    .string()
    .regex(/^[a-zA-Z0-9]+$/, 'is not the id of an identity provider: letters and digits')
    .describe('Id of the identity provider'),
  reachesProtected: z
    .boolean()
    .default(false)
    .describe('Needed where any cluster is protected: the tokens of its users are revoked too'),
});

/** What `with` holds. */
export type RevokeJwksWith = z.output<typeof settings>;

/**
 * After a compromise: revokes every token that an identity provider has signed, in all organizations connected to it
 * (revoke-jwks-from-one-oidc-identity-provider).
 */
export const revokeJwksKind = {
  use: 'revoke-jwks',
  stages: ['after'],
  effect: 'change',
  destroys: true,
  operations: ['revokeIdentityProviderJwks'],
  with: settings,
  summary: ({ identityProvider }) =>
    `Revoke every token of the identity provider ${identityProvider}, in all organizations connected to it`,
  confirmName: ({ identityProvider }) => identityProvider,
  project: () => undefined,
  reachesProtected: ({ reachesProtected }) => reachesProtected,
} as const satisfies StepKind<RevokeJwksWith>;
