import { describe, expect, it } from 'vitest';
import { projectOf } from '../../../core/steps/protocol/step-kind.ts';
import { revokeJwks } from '../../../core/steps/revoke-jwks.ts';
import { carryOut, changesOf, READER } from './changing.ts';
import { ORGANIZATION, PRODUCTION, twoProjects, withAtlas, confirmedAs } from './checking.ts';

const FEDERATION = '5e2f1c0a9d3b7a4c8e6f0b04';
const PROVIDER = '5e2f1c0a9d3b7a4c8e6f0b05';
const federation = { id: FEDERATION, organizations: [ORGANIZATION], identityProviders: [{ id: PROVIDER }] };
const world = twoProjects({}, {}, { federations: [federation] });
const settings = revokeJwks.with.parse({ federation: FEDERATION, identityProvider: PROVIDER });

describe('revoke-jwks', () => {
  it('revokes the tokens of the identity provider', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(revokeJwks, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { identityProvider: PROVIDER } });
      expect(changesOf(rehearsal)).toEqual(['revokeIdentityProviderJwks']);
    });
  });

  it('is sent once: whether it was done, nothing in Atlas tells', () => {
    expect(revokeJwks.once).toBe(true);
  });

  it('does not pretend to have revoked anything of a provider that Atlas does not know', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const mistyped = { ...settings, identityProvider: 'f'.repeat(24) };
      const answer = await carryOut(revokeJwks, mistyped, rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(changesOf(rehearsal)).toEqual([]);
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(revokeJwks, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Organization Owner');
    });
  });

  it('is confirmed with the id of the identity provider, and touches no project', () => {
    expect(confirmedAs(revokeJwks, settings)).toBe(PROVIDER);
    const source = { project: PRODUCTION, cluster: 'orders' };
    expect(projectOf(revokeJwks, settings, { source })).toBeUndefined();
  });
});
