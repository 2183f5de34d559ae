import { describe, expect, it } from 'vitest';
import { serviceAccount } from '../../../core/steps/service-account.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { ORGANIZATION, stepContext, twoProjects, withAtlas } from './checking.ts';

const CLIENT = 'mdb_sa_id_5e2f1c0a9d3b7a4c8e6f0b03';
const organization = { id: ORGANIZATION, serviceAccounts: [{ clientId: CLIENT, name: 'drill' }] };
const world = twoProjects({}, {}, { organizations: [organization] });
const base = { organization: ORGANIZATION, clientId: CLIENT };
const raised = serviceAccount.with.parse({ ...base, roles: ['ORG_READ_ONLY', 'ORG_MEMBER'] });

describe('service-account', () => {
  it('raises what the account may do, and lowers it again', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const up = await carryOut(serviceAccount, raised, rehearsal);
      expect(up).toMatchObject({ outcome: 'done', evidence: { roles: 'ORG_READ_ONLY, ORG_MEMBER' } });
      const lowered = serviceAccount.with.parse({ ...base, roles: ['ORG_MEMBER'] });
      const down = await carryOut(serviceAccount, lowered, rehearsal);
      expect(down.message).toBe(`The service account ${CLIENT} has the roles ORG_MEMBER.`);
    });
  });

  it('changes a name or a description alone', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const renamed = serviceAccount.with.parse({
        ...base,
        name: 'recovery',
        description: 'For drills.',
      });
      expect(await carryOut(serviceAccount, renamed, rehearsal)).toMatchObject({
        outcome: 'done',
        evidence: { roles: 'ORG_MEMBER' },
      });
    });
  });

  it('undoes nothing that the job was to do and never sent', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const planned = { use: 'service-account', with: raised, sent: false };
      const job = { ...context.job, before: [planned] };
      const answer = await serviceAccount.send?.(raised, { ...context, job });
      expect(answer?.message).toContain('nothing to undo');
      expect(changesOf(rehearsal)).toEqual([]);
      const ofAnother = { ...job, before: [{ ...planned, with: { clientId: 'another' } }] };
      await serviceAccount.send?.(raised, { ...context, job: ofAnother });
      const sent = { ...job, before: [{ ...planned, sent: true }] };
      await serviceAccount.send?.(raised, { ...context, job: sent });
      expect(changesOf(rehearsal)).toHaveLength(2);
    });
  });

  it('leaves the account as one request would though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('updateOrgServiceAccount') }, async (rehearsal) => {
      const answer = await carryOut(serviceAccount, raised, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { roles: 'ORG_READ_ONLY, ORG_MEMBER' } });
    });
  });

  it('does not believe a change that Atlas does not show', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const updateOrgServiceAccount = () => Promise.resolve({ clientId: CLIENT, roles: ['ORG_MEMBER'] });
      const atlas = { ...rehearsal.atlas, serviceAccounts: { updateOrgServiceAccount } };
      const answer = await serviceAccount.send?.(raised, { ...stepContext(rehearsal), atlas });
      expect(answer?.outcome).toBe('failed');
      expect(answer?.message).toContain('its roles are ORG_MEMBER and not ORG_READ_ONLY, ORG_MEMBER');
    });
  });

  it('fails where Atlas does not know the account', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const unknown = { ...raised, clientId: `mdb_sa_id_${'f'.repeat(24)}` };
      expect(await carryOut(serviceAccount, unknown, rehearsal)).toMatchObject({ outcome: 'failed' });
      expect(changesOf(rehearsal)).toEqual([]);
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(serviceAccount, raised, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Organization Owner');
    });
  });

  it('must change something, and takes no secret', () => {
    const takes = (changes: object) => serviceAccount.with.safeParse({ ...base, ...changes }).success;
    expect(takes({})).toBe(false);
    expect(takes({ roles: ['ORG_READ_ONLY'] })).toBe(true);
    expect(takes({ roles: ['GROUP_OWNER'] })).toBe(false);
    expect(takes({ clientSecret: 'mdb_sa_sk_x', roles: ['ORG_MEMBER'] })).toBe(false);
  });
});
