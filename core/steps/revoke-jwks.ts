import * as z from 'zod';
import { idField } from '../runbooks/id-field.ts';
import type { StepKind } from './protocol/step-kind.ts';

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
 * After a compromise: revokes every token that an identity provider has signed, in all organizations connected to it. Done
 * twice, it revokes what was signed in between, so it is not sent again after an unclear answer. Unlike a delete it fails
 * when Atlas does not know the provider: nothing was revoked then, and a mistyped id must not look like safety.
 *
 * Doc: revoke-jwks-from-one-oidc-identity-provider.
 */
export const revokeJwks: StepKind<RevokeJwksWith> = {
  use: 'revoke-jwks',
  stages: ['after'],
  effect: 'change',
  destroys: {
    what: 'every token of an identity provider',
    name: ({ identityProvider }) => identityProvider,
  },
  operations: { revokeIdentityProviderJwks: ['Organization Owner'] },
  with: settings,
  params: { federation: 'federationSettingsId' },
  summary: ({ identityProvider }) =>
    `Revoke every token of the identity provider ${identityProvider}, in all organizations connected to it`,
  project: () => undefined,
  reachesProtected: ({ reachesProtected }) => reachesProtected,

  once: true,
  async send({ federation, identityProvider }, { atlas }) {
    await atlas.federation.revokeIdentityProviderJwks({
      federationSettingsId: federation,
      identityProviderId: identityProvider,
    });
    return {
      outcome: 'done',
      message: `Every token of the identity provider ${identityProvider} is revoked, in all organizations connected to it. Clients may have to be restarted.`,
      evidence: { identityProvider },
    };
  },
};
