import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import {
  type Answer,
  type Body,
  DRILLS,
  type Practice,
  PRODUCTION,
  startPractice,
} from './practice-client.ts';
import { MAPPING } from './recovery-calls.ts';

const ORG = `/orgs/${IDS.orgId}`;
const USERS = `${ORG}/teams/${IDS.teamId}/users`;

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

async function teamNames(query = ''): Promise<unknown[]> {
  const { body } = await practice.call('listTeamUsers', 'GET', `${USERS}${query}`);
  return body.results!.map((user) => user.username);
}

function add(username: string, roles = ['GROUP_BACKUP_MANAGER']): Promise<Answer> {
  return practice.call('addGroupUsers', 'POST', `${DRILLS}/users`, { body: { username, roles } });
}

describe('the users of a team', () => {
  it('are active or pending, and can be asked for by either', async () => {
    expect(await teamNames()).toEqual(['first@example.com', 'second@example.com', 'invited@example.com']);
    expect(await teamNames('?orgMembershipStatus=PENDING')).toEqual(['invited@example.com']);
    expect(await teamNames('?orgMembershipStatuses=ACTIVE')).toEqual([
      'first@example.com',
      'second@example.com',
    ]);
    expect(await teamNames('?username=second%40example.com')).toEqual(['second@example.com']);
    expect(await teamNames('?itemsPerPage=1&pageNum=2')).toEqual(['second@example.com']);
  });

  it('are no longer invited once the invitation has expired', async () => {
    practice.clock.advance(29 * 86_400);
    expect(await teamNames('?orgMembershipStatus=PENDING')).toEqual([]);
    expect(await teamNames('?orgMembershipStatus=INVITATION_EXPIRED')).toEqual(['invited@example.com']);
  });
});

describe('a user who is added to a project', () => {
  it('has access at once when known, is invited when not, and is there the second time', async () => {
    const known = await add('second@example.com');
    expect(known.body).toMatchObject({ orgMembershipStatus: 'ACTIVE', roles: ['GROUP_BACKUP_MANAGER'] });
    expect((await add('invited@example.com')).body.orgMembershipStatus).toBe('PENDING');
    const invited = await add('new@example.com', ['GROUP_READ_ONLY', 'GROUP_OWNER']);
    expect(invited.body).toMatchObject({
      orgMembershipStatus: 'PENDING',
      roles: ['GROUP_READ_ONLY', 'GROUP_OWNER'],
      invitationExpiresAt: '2026-09-09T03:30:00Z',
    });
    for (const again of ['second@example.com', 'new@example.com']) {
      const refused = await add(again);
      expect(refused.body).toMatchObject({ error: 409, errorCode: 'USER_ALREADY_IN_GROUP' });
    }
    const team = await practice.call('listTeamUsers', 'GET', `${USERS}?username=second@example.com`);
    expect(team.body.results?.[0]?.roles).toMatchObject({
      groupRoleAssignments: [{ groupId: DRILLS, groupRoles: ['GROUP_BACKUP_MANAGER'] }],
    });
  });
});

describe('what both projects have', () => {
  it.each([
    ['listDatabaseUsers', 'databaseUsers'],
    ['getGroupAuditLog', 'auditLog'],
  ])('is the same by %s', async (operation, path) => {
    const answers = await Promise.all(
      [PRODUCTION, DRILLS].map((project) => practice.call(operation, 'GET', `${project}/${path}`)),
    );
    const [source, target] = answers.map(({ body }) => JSON.stringify(body).replaceAll(PRODUCTION, DRILLS));
    expect(source).toBe(target);
    expect(source!.length).toBeGreaterThan(100);
  });
});

describe('the LDAP mapping', () => {
  const path = 'userSecurity/ldap/userToDNMapping';

  it('is removed, and stays removed', async () => {
    for (let sent = 0; sent < 2; sent += 1) {
      const answer = await practice.call('deleteLdapUserMapping', 'DELETE', `${DRILLS}/${path}`);
      expect(answer.status).toBe(202);
      expect(answer.body.ldap).toMatchObject({ hostname: 'ldap.example.com', userToDNMapping: [] });
    }
  });

  it('is not found where LDAP was never set up', async () => {
    const answer = await practice.call('deleteLdapUserMapping', 'DELETE', `${PRODUCTION}/${path}`);
    expect(answer.body).toMatchObject({ error: 404, errorCode: 'RESOURCE_NOT_FOUND' });
  });
});

describe('an entry of an access list', () => {
  const entry = (address: string): Promise<Answer> =>
    practice.call(
      'getOrgAccessEntry',
      'GET',
      `${ORG}/apiKeys/${IDS.apiUserId}/accessList/${encodeURIComponent(address)}`,
    );

  it('is an address or a block, and not what lies in a block', async () => {
    expect((await entry(IDS.accessAddress)).body).toMatchObject({
      ipAddress: IDS.accessAddress,
      cidrBlock: `${IDS.accessAddress}/32`,
      count: 42,
    });
    expect((await entry(`${IDS.accessAddress}/32`)).status).toBe(200);
    const block = await entry(IDS.accessBlock);
    expect(block.body.cidrBlock).toBe(IDS.accessBlock);
    expect(block.body).not.toHaveProperty('ipAddress');
    expect((await entry('192.0.2.7')).body).toMatchObject({ error: 404 });
  });
});

describe('a service account', () => {
  const update = (body: Body): Promise<Answer> =>
    practice.call('updateOrgServiceAccount', 'PATCH', `${ORG}/serviceAccounts/${IDS.clientId}`, { body });

  it('is raised and lowered, and keeps what is not named', async () => {
    const raised = await update({ roles: ['ORG_OWNER'] });
    expect(raised.body).toMatchObject({ clientId: IDS.clientId, name: 'recovery', roles: ['ORG_OWNER'] });
    const lowered = await update({ roles: ['ORG_MEMBER'], description: 'lowered again' });
    expect(lowered.body).toMatchObject({ description: 'lowered again', roles: ['ORG_MEMBER'] });
    expect(JSON.stringify(lowered.body)).not.toMatch(/"secret":/);
  });
});

describe('federated sign-in', () => {
  const federation = `/federationSettings/${IDS.federationSettingsId}`;
  const map = (body: unknown): Promise<Answer> =>
    practice.call(
      'createRoleMapping',
      'POST',
      `${federation}/connectedOrgConfigs/${IDS.orgId}/roleMappings`,
      { body },
    );

  it('maps a group once', async () => {
    const created = await map(MAPPING);
    expect(created.body).toMatchObject(MAPPING);
    expect((await map(MAPPING)).body).toMatchObject({ error: 409, errorCode: 'ROLE_MAPPING_ALREADY_EXISTS' });
    expect((await map({ ...MAPPING, externalGroupName: 'others' })).status).toBe(200);
  });

  it('revokes the keys of an OIDC provider alone', async () => {
    const revoke = (id: string): Promise<Answer> =>
      practice.call('revokeIdentityProviderJwks', 'DELETE', `${federation}/identityProviders/${id}/jwks`);
    expect((await revoke(IDS.identityProviderId)).status).toBe(204);
    expect((await revoke(IDS.samlProviderId)).body.errorCode).toBe('IDENTITY_PROVIDER_NOT_OIDC');
    expect(practice.simulator.changes()).toHaveLength(1);
  });
});
