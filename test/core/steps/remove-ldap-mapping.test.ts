import { describe, expect, it } from 'vitest';
import { removeLdapMapping } from '../../../core/steps/remove-ldap-mapping.ts';
import { carryOut, changesOf, READER } from './changing.ts';
import { DRILLS, twoProjects, withAtlas, confirmedAs } from './checking.ts';

const ldap = {
  hostname: 'ldap.example.com',
  bindUsername: 'CN=atlas,DC=example,DC=com',
  userToDNMapping: [{ match: '(.*)', substitution: 'CN={0},DC=example,DC=com' }],
};
const world = twoProjects({}, { ldap });

describe('remove-ldap-mapping', () => {
  it('removes the mapping', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(removeLdapMapping, {}, rehearsal);
      expect(answer.outcome).toBe('done');
      expect(answer.message).toContain(`removed the LDAP mapping of project ${DRILLS}`);
      expect(changesOf(rehearsal)).toEqual(['deleteLdapUserMapping']);
    });
  });

  it('finds nothing to remove in a project without LDAP', async () => {
    await withAtlas({ world: twoProjects() }, async (rehearsal) => {
      const answer = await carryOut(removeLdapMapping, {}, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toEqual([]);
    });
  });

  it('is sent once: whether it was done, nothing in Atlas tells', () => {
    expect(removeLdapMapping.once).toBe(true);
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(removeLdapMapping, {}, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Owner');
    });
  });

  it('is confirmed with the project of the target', () => {
    const target = { project: DRILLS, cluster: 'orders-drill' };
    expect(confirmedAs(removeLdapMapping, {}, { target })).toBe(DRILLS);
    expect(confirmedAs(removeLdapMapping, {})).toBe('');
  });
});
