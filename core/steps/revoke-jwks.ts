import type { RevokeJwksWith } from '../runbooks/steps/revoke-jwks.ts';
import type { StepWork } from './step.ts';

/**
 * Revokes the tokens of an identity provider. Done twice, it revokes what was signed in
 * between, so it is not sent again after an unclear answer. Unlike a delete it
 * fails when Atlas does not know the provider: nothing was revoked then, and a mistyped id must not look like safety.
 */
export const revokeJwks: StepWork<RevokeJwksWith> = {
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
