import { describe, expect, it } from 'vitest';
import { deleteEncryptionEndpoint } from '../../../core/steps/delete-encryption-endpoint.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { twoProjects, withAtlas, confirmedAs } from './checking.ts';

const ENDPOINT = '5e2f1c0a9d3b7a4c8e6f0c04';
const world = twoProjects({}, { encryptionAtRest: { endpoints: [{ id: ENDPOINT }] } });
const settings = deleteEncryptionEndpoint.with.parse({ provider: 'AWS', endpoint: ENDPOINT });

describe('delete-encryption-endpoint', () => {
  it('deletes the endpoint, and finds nothing the second time', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const first = await carryOut(deleteEncryptionEndpoint, settings, rehearsal);
      expect(first.outcome).toBe('done');
      expect(first.message).toContain(ENDPOINT);
      const second = await carryOut(deleteEncryptionEndpoint, settings, rehearsal);
      expect(second).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toEqual(['requestPrivateEndpointDeletion']);
    });
  });

  it('deletes it once though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('requestPrivateEndpointDeletion') }, async (rehearsal) => {
      const answer = await carryOut(deleteEncryptionEndpoint, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toHaveLength(1);
    });
  });

  it('does not take a project that Atlas does not know for an endpoint that is gone', async () => {
    const fault = { operation: 'requestPrivateEndpointDeletion', status: 404, errorCode: 'GROUP_NOT_FOUND' };
    await withAtlas({ world, faults: [fault] }, async (rehearsal) => {
      expect(await carryOut(deleteEncryptionEndpoint, settings, rehearsal)).toMatchObject({
        outcome: 'failed',
      });
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(deleteEncryptionEndpoint, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Owner');
    });
  });

  it('is confirmed with the id of the endpoint', () => {
    expect(confirmedAs(deleteEncryptionEndpoint, settings)).toBe(ENDPOINT);
  });
});
