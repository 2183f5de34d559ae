import { describe, expect, it } from 'vitest';
import { networkPeering } from '../../../core/steps/network-peering.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { DRILLS, stepContext, twoProjects, withAtlas } from './checking.ts';

const AWS = { id: '5e2f1c0a9d3b7a4c8e6f0d01', containerId: '5e2f1c0a9d3b7a4c8e6f0d11' };
const AZURE = { id: '5e2f1c0a9d3b7a4c8e6f0d02', containerId: '5e2f1c0a9d3b7a4c8e6f0d12' };
const GCP = { id: '5e2f1c0a9d3b7a4c8e6f0d03', containerId: '5e2f1c0a9d3b7a4c8e6f0d13' };
const aws = {
  accepterRegionName: 'eu-central-1',
  awsAccountId: '123456789012',
  routeTableCidrBlock: '10.20.0.0/16',
  vpcId: 'vpc-0a1b2c3d4e5f60711',
};
const azure = {
  azureDirectoryId: '5e2f1c0a-9d3b-4a4c-8e6f-0a0000000001',
  azureSubscriptionId: '5e2f1c0a-9d3b-4a4c-8e6f-0a0000000002',
  resourceGroupName: 'recovery',
  vnetName: 'recovery-net',
};
const gcp = { gcpProjectId: 'recovery-project', networkName: 'recovery-net' };

function worldWith(peer: { readonly fails?: boolean } = {}) {
  return twoProjects(
    {},
    {
      peers: [
        { ...AWS, ...peer, settings: { ...aws, vpcId: 'vpc-0a1b2c3d4e5f60700' } },
        { ...AZURE, provider: 'AZURE', settings: { ...azure, vnetName: 'old' } },
        { ...GCP, provider: 'GCP', settings: { ...gcp, networkName: 'old' } },
      ],
    },
  );
}

const world = worldWith();
const towards = (peer: typeof AWS, to: object) =>
  networkPeering.with.parse({ peer: peer.id, container: peer.containerId, to });
const settings = towards(AWS, { aws });

describe('network-peering', () => {
  it.each([
    ['AWS', settings],
    ['Azure', towards(AZURE, { azure })],
    ['Google Cloud', towards(GCP, { gcp })],
  ])('points a connection of %s at the network and waits until it is up', async (_provider, wanted) => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(networkPeering, wanted, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { status: 'AVAILABLE' } });
      expect(changesOf(rehearsal)).toEqual(['updateGroupPeer']);
      const path = { groupId: DRILLS, peerId: wanted.peer };
      const [shown = {}] = Object.values<object>(wanted.to);
      expect(await rehearsal.atlas.networkPeering.getGroupPeer(path)).toMatchObject(shown);
    });
  });

  it('leaves a connection that leads there alone, and says so', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      await carryOut(networkPeering, settings, rehearsal);
      const again = await networkPeering.send?.(settings, stepContext(rehearsal));
      expect(again).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toHaveLength(1);
    });
  });

  it('sends it once though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('updateGroupPeer') }, async (rehearsal) => {
      expect(await carryOut(networkPeering, settings, rehearsal)).toMatchObject({ outcome: 'done' });
      expect(changesOf(rehearsal)).toHaveLength(1);
    });
  });

  it('does not miss the region that Atlas leaves out when it is its own', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const shown = { ...aws, accepterRegionName: undefined };
      const peer = {
        ...shown,
        providerName: 'AWS' as const,
        containerId: AWS.containerId,
        statusName: 'AVAILABLE',
      };
      const networkPeeringApi = {
        ...rehearsal.atlas.networkPeering,
        getGroupPeer: () => Promise.resolve(peer),
      };
      const atlas = { ...rehearsal.atlas, networkPeering: networkPeeringApi };
      const answer = await networkPeering.look?.(settings, { ...stepContext(rehearsal), atlas });
      expect(answer).toMatchObject({ outcome: 'done' });
    });
  });

  it('says whose turn it is, and fails when the connection does', async () => {
    await withAtlas({ world: worldWith({ fails: true }) }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      await networkPeering.send?.(settings, context);
      rehearsal.clock.advance(60);
      const waiting = await networkPeering.look?.(settings, context);
      expect(waiting).toMatchObject({ outcome: 'wait', sent: true });
      expect(waiting?.message).toMatch(/PENDING_ACCEPTANCE: the owner of that network has to accept it/);
      rehearsal.clock.advance(600);
      const failed = await networkPeering.look?.(settings, context);
      expect(failed).toMatchObject({ outcome: 'failed', evidence: { status: 'FAILED' } });
      expect(failed?.message).toContain('It was changed and is not up.');
    });
  });

  it('fails when somebody points it elsewhere meanwhile, or Atlas does not know it', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const elsewhere = towards(AWS, { aws: { ...aws, vpcId: 'vpc-0a1b2c3d4e5f60722' } });
      await carryOut(networkPeering, elsewhere, rehearsal);
      const answer = await networkPeering.look?.(settings, stepContext(rehearsal));
      expect(answer).toMatchObject({ outcome: 'failed' });
      const unknown = { ...settings, peer: 'f'.repeat(24) };
      expect(await carryOut(networkPeering, unknown, rehearsal)).toMatchObject({ outcome: 'failed' });
    });
  });

  it('waits for a minute while Atlas still shows where it led before', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const sentAgo = (seconds: number) => ({
        ...context,
        sentAt: new Date(Date.parse(context.now) - seconds * 1000).toISOString(),
      });
      expect((await networkPeering.look?.(settings, sentAgo(60)))?.outcome).toBe('wait');
      expect((await networkPeering.look?.(settings, sentAgo(61)))?.outcome).toBe('failed');
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(networkPeering, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Network Access Manager');
    });
  });
});
