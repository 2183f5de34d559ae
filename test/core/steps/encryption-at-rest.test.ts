import { describe, expect, it } from 'vitest';
import { encryptionAtRest } from '../../../core/steps/encryption-at-rest.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { DRILLS, stepContext, twoProjects, withAtlas, confirmedAs } from './checking.ts';

const aws = {
  customerMasterKeyID: 'arn:aws:kms:eu-central-1:123456789012:key/recovery',
  region: 'EU_CENTRAL_1',
  roleId: '5e2f1c0a9d3b7a4c8e6f0f01',
};
const azure = {
  clientID: '5e2f1c0a-9d3b-4a4c-8e6f-0a0000000001',
  keyIdentifier: 'https://recovery.vault.azure.net/keys/recovery/1',
  keyVaultName: 'recovery',
  resourceGroupName: 'recovery',
  subscriptionID: '5e2f1c0a-9d3b-4a4c-8e6f-0a0000000002',
  tenantID: '5e2f1c0a-9d3b-4a4c-8e6f-0a0000000003',
  roleId: '5e2f1c0a9d3b7a4c8e6f0f02',
};
const gcp = {
  keyVersionResourceID: 'projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1',
  roleId: '5e2f1c0a9d3b7a4c8e6f0f03',
};
const withKey = (key: unknown, more = {}) => encryptionAtRest.with.parse({ key, ...more });
const settings = withKey({ awsKms: aws }, { enabledForSearchNodes: true });
const world = twoProjects();

describe('encryption-at-rest', () => {
  it.each([
    ['AWS', settings],
    ['Azure', withKey({ azureKeyVault: azure })],
    ['Google Cloud', withKey({ googleCloudKms: gcp })],
  ])('points the project at a key of %s and waits until it is valid', async (_provider, wanted) => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(encryptionAtRest, wanted, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { valid: true } });
      const found = await rehearsal.atlas.encryption.getEncryptionAtRest({ groupId: DRILLS });
      const [provider = ''] = Object.keys(wanted.key);
      expect(found[provider]).toMatchObject({ enabled: true, valid: true });
      expect(rehearsal.clock.sleeps.length).toBeGreaterThan(1);
    });
  });

  it('leaves a key that is set and valid alone, and says so', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      await carryOut(encryptionAtRest, settings, rehearsal);
      const again = await encryptionAtRest.send?.(settings, stepContext(rehearsal));
      expect(again).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toEqual(['updateEncryptionAtRest']);
    });
  });

  it('sends it once though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('updateEncryptionAtRest') }, async (rehearsal) => {
      expect(await carryOut(encryptionAtRest, settings, rehearsal)).toMatchObject({ outcome: 'done' });
      expect(changesOf(rehearsal)).toEqual(['updateEncryptionAtRest']);
    });
  });

  it('fails when somebody points the project at another key meanwhile', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      await encryptionAtRest.send?.(settings, context);
      const other = withKey({ awsKms: { ...aws, customerMasterKeyID: 'another' } });
      await carryOut(encryptionAtRest, other, rehearsal);
      const answer = await encryptionAtRest.look?.(settings, context);
      expect(answer?.outcome).toBe('failed');
      expect(answer?.message).toContain(aws.customerMasterKeyID);
    });
  });

  it('waits for a minute while Atlas still shows the key of before', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const sentAgo = (seconds: number) => ({
        ...context,
        sentAt: new Date(Date.parse(context.now) - seconds * 1000).toISOString(),
      });
      expect((await encryptionAtRest.look?.(settings, sentAgo(60)))?.outcome).toBe('wait');
      expect((await encryptionAtRest.look?.(settings, sentAgo(61)))?.outcome).toBe('failed');
    });
  });

  it('says which key Atlas cannot use', async () => {
    const unusable = twoProjects({}, { encryptionAtRest: { unusableKeys: [aws.customerMasterKeyID] } });
    await withAtlas({ world: unusable }, async (rehearsal) => {
      const answer = await carryOut(encryptionAtRest, settings, rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain(aws.customerMasterKeyID);
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(encryptionAtRest, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Owner');
    });
  });

  it('takes no secrets, and exactly one key', () => {
    const takes = (key: unknown) => encryptionAtRest.with.safeParse({ key }).success;
    expect(takes({ awsKms: aws })).toBe(true);
    expect(takes({ awsKms: { ...aws, secretAccessKey: 'x' } })).toBe(false);
    expect(takes({ awsKms: { ...aws, accessKeyID: 'AKIAIOSFODNN7EXAMPLE' } })).toBe(false);
    expect(takes({ azureKeyVault: { ...azure, secret: 'x' } })).toBe(false);
    expect(takes({ googleCloudKms: { ...gcp, serviceAccountKey: '{}' } })).toBe(false);
    expect(takes({ awsKms: aws, googleCloudKms: gcp })).toBe(false);
    expect(takes({})).toBe(false);
  });

  it('is confirmed with the project of the target', () => {
    const target = { project: DRILLS, cluster: 'orders-drill' };
    expect(confirmedAs(encryptionAtRest, settings, { target })).toBe(DRILLS);
    expect(confirmedAs(encryptionAtRest, settings)).toBe('');
  });
});
