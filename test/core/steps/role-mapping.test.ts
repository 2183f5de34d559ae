import { describe, expect, it } from 'vitest';
import { projectOf } from '../../../core/steps/protocol/step-kind.ts';
import { roleMapping } from '../../../core/steps/role-mapping.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { DRILLS, ORGANIZATION, PRODUCTION, twoProjects, withAtlas } from './checking.ts';

const FEDERATION = '5e2f1c0a9d3b7a4c8e6f0b04';
const world = twoProjects({}, {}, { federations: [{ id: FEDERATION, organizations: [ORGANIZATION] }] });
const settings = roleMapping.with.parse({
  federation: FEDERATION,
  organization: ORGANIZATION,
  group: 'responders',
  organizationRoles: ['ORG_MEMBER'],
  projectRoles: [{ project: DRILLS, role: 'GROUP_READ_ONLY' }],
});

describe('role-mapping', () => {
  it('gives the group its roles; a mapping that is there stays as it is', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const first = await carryOut(roleMapping, settings, rehearsal);
      expect(first).toMatchObject({ outcome: 'done', evidence: { roles: 'ORG_MEMBER, GROUP_READ_ONLY' } });
      const second = await carryOut(roleMapping, settings, rehearsal);
      expect(second).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(second.message).toContain('left as they are');
      expect(changesOf(rehearsal)).toEqual(['createRoleMapping']);
    });
  });

  it('makes one mapping though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('createRoleMapping') }, async (rehearsal) => {
      expect(await carryOut(roleMapping, settings, rehearsal)).toMatchObject({ outcome: 'done' });
      expect(changesOf(rehearsal)).toEqual(['createRoleMapping']);
    });
  });

  it('fails where Atlas does not know the federation or the project', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const unknown = 'f'.repeat(24);
      const elsewhere = { ...settings, federation: unknown };
      expect(await carryOut(roleMapping, elsewhere, rehearsal)).toMatchObject({ outcome: 'failed' });
      const projectRoles = [{ project: unknown, role: 'GROUP_READ_ONLY' }];
      expect(await carryOut(roleMapping, { ...settings, projectRoles }, rehearsal)).toMatchObject({
        outcome: 'failed',
      });
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(roleMapping, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Organization Owner');
    });
  });

  it('needs a role of the organization, and touches no project', () => {
    const takes = (changes: object) => roleMapping.with.safeParse({ ...settings, ...changes }).success;
    expect(takes({})).toBe(true);
    expect(takes({ organizationRoles: [] })).toBe(false);
    expect(takes({ organizationRoles: ['GROUP_OWNER'] })).toBe(false);
    expect(takes({ projectRoles: [{ project: DRILLS, role: 'ORG_OWNER' }] })).toBe(false);
    const source = { project: PRODUCTION, cluster: 'orders' };
    expect(projectOf(roleMapping, settings, { source })).toBeUndefined();
  });
});
