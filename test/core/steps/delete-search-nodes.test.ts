import { describe, expect, it } from 'vitest';
import { deleteSearchNodes } from '../../../core/steps/delete-search-nodes.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { DRILLS, PRODUCTION, stepContext, twoProjects, withAtlas, confirmedAs } from './checking.ts';

const world = twoProjects({}, { clusters: [{ name: 'orders-drill', searchNodes: {} }] });
const cluster = { groupId: DRILLS, clusterName: 'orders-drill' };

describe('delete-search-nodes', () => {
  it('deletes them and waits until they are gone', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(deleteSearchNodes, {}, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done' });
      expect(answer.message).toContain(`${DRILLS}/orders-drill are gone`);
      expect(rehearsal.clock.sleeps.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(60);
      expect(await rehearsal.atlas.search.getClusterSearchDeployment(cluster)).toEqual({});
    });
  });

  it('has nothing to do where there are none, and says so', async () => {
    await withAtlas({ world: twoProjects() }, async (rehearsal) => {
      const answer = await deleteSearchNodes.send?.({}, stepContext(rehearsal));
      expect(answer).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toEqual([]);
    });
  });

  it.each([404, 409])('does not take a refusal for done while there are search nodes: %i', async (status) => {
    const fault = { operation: 'deleteClusterSearchDeployment', status, errorCode: 'SOMETHING_ELSE' };
    await withAtlas({ world, faults: [fault] }, async (rehearsal) => {
      const answer = await carryOut(deleteSearchNodes, {}, rehearsal);
      expect(answer.outcome).toBe('failed');
      if (status === 404) {
        expect(answer.message).toContain('Atlas answered 404 to the delete, yet lists search nodes');
      }
    });
  });

  it('waits after a 404 while its own earlier request may be carried out', async () => {
    const fault = { operation: 'deleteClusterSearchDeployment', status: 404, errorCode: 'SOMETHING_ELSE' };
    await withAtlas({ world, faults: [fault] }, async (rehearsal) => {
      const context = { ...stepContext(rehearsal), resent: true };
      expect(await deleteSearchNodes.send?.({}, context)).toMatchObject({ outcome: 'wait', sent: true });
    });
  });

  it('takes an empty document for no search nodes, as newer versions of Atlas send it', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const search = { ...rehearsal.atlas.search, getClusterSearchDeployment: () => Promise.resolve({}) };
      const atlas = { ...rehearsal.atlas, search };
      expect(await deleteSearchNodes.look?.({}, { ...context, atlas })).toMatchObject({ outcome: 'done' });
    });
  });

  it('does not take nodes without an id for gone', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const nodes = { specs: [{ instanceSize: 'S20_HIGHCPU_NVME', nodeCount: 2 }], stateName: 'UPDATING' };
      const search = { ...rehearsal.atlas.search, getClusterSearchDeployment: () => Promise.resolve(nodes) };
      const context = { ...stepContext(rehearsal), atlas: { ...rehearsal.atlas, search } };
      expect(await deleteSearchNodes.look?.({}, context)).toMatchObject({ outcome: 'wait' });
    });
  });

  it('deletes them once though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('deleteClusterSearchDeployment') }, async (rehearsal) => {
      expect(await carryOut(deleteSearchNodes, {}, rehearsal)).toMatchObject({ outcome: 'done' });
      expect(changesOf(rehearsal)).toEqual(['deleteClusterSearchDeployment']);
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(deleteSearchNodes, {}, rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('Project Cluster Manager');
    });
  });

  it('changes nothing in a job without a target', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const { target, ...context } = stepContext(rehearsal);
      expect(target).toBeDefined();
      expect(await deleteSearchNodes.send?.({}, context)).toMatchObject({ outcome: 'failed' });
      expect(rehearsal.simulator.requests()).toEqual([]);
    });
  });

  it('is confirmed with the name of the target', () => {
    const source = { project: PRODUCTION, cluster: 'orders' };
    const target = { project: DRILLS, cluster: 'orders-drill' };
    expect(confirmedAs(deleteSearchNodes, {}, { source, target })).toBe('orders-drill');
    expect(confirmedAs(deleteSearchNodes, {}, { source })).toBe('');
  });
});
