import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { type Answer, DRILLS, type Practice, PRODUCTION, startPractice } from './practice-client.ts';
import { AWS_KEY } from './recovery-calls.ts';

const AZURE_KEY = {
  azureEnvironment: 'AZURE',
  clientID: '5e2f1c0a-9d3b-4a4c-8e6f-0c0300000001',
  enabled: true,
  keyIdentifier: 'https://recovery.vault.azure.net/keys/recovery/1',
  keyVaultName: 'recovery',
  resourceGroupName: 'recovery',
  secret: 'top-secret',
  subscriptionID: '5e2f1c0a-9d3b-4a4c-8e6f-0c0300000002',
  tenantID: '5e2f1c0a-9d3b-4a4c-8e6f-0c0300000003',
};
const GOOGLE_KEY = {
  enabled: true,
  keyVersionResourceID: 'projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1',
  serviceAccountKey: '{"private_key":"top-secret"}',
};

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

function update(body: unknown, project: string = DRILLS): Promise<Answer> {
  return practice.call('updateEncryptionAtRest', 'PATCH', `${project}/encryptionAtRest`, { body });
}

async function read(project: string = DRILLS): Promise<Answer['body']> {
  return (await practice.call('getEncryptionAtRest', 'GET', `${project}/encryptionAtRest`)).body;
}

describe('encryption at rest', () => {
  it('is off in one project and valid in the other', async () => {
    const off = { enabled: false, valid: false };
    expect(await read()).toMatchObject({ awsKms: off, azureKeyVault: off, googleCloudKms: off });
    expect(await read(PRODUCTION)).toMatchObject({ awsKms: { enabled: true, valid: true } });
  });

  it.each([
    ['awsKms', AWS_KEY],
    ['azureKeyVault', AZURE_KEY],
    ['googleCloudKms', GOOGLE_KEY],
  ])('with %s is valid after a while, and never shows a secret', async (provider, key) => {
    const sent = await update({ [provider]: key, enabledForSearchNodes: true });
    expect(sent.body).toMatchObject({
      [provider]: { enabled: true, valid: false },
      enabledForSearchNodes: true,
    });
    practice.clock.advance(89);
    expect((await read())[provider]).toMatchObject({ valid: false });
    practice.clock.advance(1);
    const valid = await read();
    expect(valid[provider]).toMatchObject({ enabled: true, valid: true });
    expect(JSON.stringify([sent.body, valid])).not.toContain('secret');
  });

  it('keeps what an update leaves out, tries a new key anew, and is switched off', async () => {
    const moved = await update({ awsKms: { customerMasterKeyID: 'alias/other' } }, PRODUCTION);
    expect(moved.body.awsKms).toMatchObject({
      customerMasterKeyID: 'alias/other',
      region: 'EU_WEST_1',
      valid: false,
    });
    const off = await update({ awsKms: { enabled: false } }, PRODUCTION);
    expect(off.body.awsKms).toEqual({ enabled: false, valid: false });
  });

  it.each([
    ['MISSING_ATTRIBUTE', { awsKms: { ...AWS_KEY, region: undefined } }],
    ['MISSING_ATTRIBUTE', { awsKms: { ...AWS_KEY, roleId: undefined } }],
    ['MISSING_ATTRIBUTE', { azureKeyVault: { ...AZURE_KEY, secret: undefined } }],
    ['INVALID_ATTRIBUTE', { azureKeyVault: { ...AZURE_KEY, tenantID: 'mine' } }],
    ['INVALID_ATTRIBUTE', { awsKms: { ...AWS_KEY, roleId: 'mine' } }],
    ['ENCRYPTION_KEY_UNUSABLE', { awsKms: { ...AWS_KEY, customerMasterKeyID: IDS.unusableKeyId } }],
    [
      'ENCRYPTION_KEY_UNUSABLE',
      { googleCloudKms: GOOGLE_KEY, awsKms: { ...AWS_KEY, customerMasterKeyID: IDS.unusableKeyId } },
    ],
    ['INVALID_JSON', 'on'],
  ])('is refused with %s, and changes nothing', async (errorCode, body) => {
    const before = await read();
    expect((await update(body)).body).toMatchObject({ error: 400, errorCode });
    expect(await read()).toEqual(before);
  });

  it('stays on where a cluster is encrypted with it (409)', async () => {
    await practice.simulator.close();
    const clusters = [{ name: 'keyed', encryption: 'AWS' }];
    practice = await startPractice({ world: { projects: [{ id: DRILLS, name: 'drills', clusters }] } });
    expect((await update({ awsKms: { enabled: false } })).body).toMatchObject({
      error: 409,
      errorCode: 'ENCRYPTION_AT_REST_IN_USE',
    });
  });

  it('loses a private endpoint once', async () => {
    const remove = (provider: string): Promise<Answer> => {
      const path = `${DRILLS}/encryptionAtRest/${provider}/privateEndpoints/${IDS.encryptionEndpointId}`;
      return practice.call('requestPrivateEndpointDeletion', 'DELETE', path);
    };
    expect((await remove('AZURE')).status).toBe(404);
    expect((await remove('AWS')).status).toBe(204);
    expect((await remove('AWS')).body.errorCode).toBe('PRIVATE_ENDPOINT_NOT_FOUND');
  });
});
