import { plainLine } from '../fields.ts';
import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

const text = plainLine.min(1, 'is empty');
const privateNetworking = z
  .boolean()
  .optional()
  .describe('Whether Atlas reaches the key over private networking');

/** Secrets have no key here: Atlas takes the role that it assumes in the provider's account in their place. */
const key = z
  .union(
    [
      z.strictObject({
        awsKms: z
          .strictObject({
            customerMasterKeyID: text.max(2048).describe('Id or ARN of the key in AWS KMS'),
            region: z
              .string()
              .regex(/^[A-Z][A-Z0-9_]*$/, 'is not a region as Atlas writes it, such as EU_CENTRAL_1')
              .describe('Region of the key, such as EU_CENTRAL_1'),
            roleId: idField('AWS role that Atlas assumes'),
            requirePrivateNetworking: privateNetworking,
          })
          .describe('A key in AWS Key Management Service'),
      }),
      z.strictObject({
        azureKeyVault: z
          .strictObject({
            azureEnvironment: z
              .enum(['AZURE', 'AZURE_CHINA', 'AZURE_US_GOVERNMENT'])
              .default('AZURE')
              .describe('The Azure cloud that holds the key'),
            clientID: z.uuid('is not a UUID').optional().describe('Id of the Azure application'),
            keyIdentifier: text.describe('Web address of the key, with its version'),
            keyVaultName: text.describe('Name of the key vault'),
            resourceGroupName: text.describe('Resource group of the key vault'),
            subscriptionID: z.uuid('is not a UUID').describe('Id of the Azure subscription'),
            tenantID: z.uuid('is not a UUID').describe('Id of the Azure tenant'),
            roleId: idField('Azure service principal that Atlas uses').optional(),
            requirePrivateNetworking: privateNetworking,
          })
          .describe('A key in Azure Key Vault'),
      }),
      z.strictObject({
        googleCloudKms: z
          .strictObject({
            keyVersionResourceID: text.describe('Resource path of the version of the key'),
            roleId: idField('Google Cloud service account that Atlas uses'),
          })
          .describe('A key in Google Cloud Key Management Service'),
      }),
    ],
    { error: 'needs exactly one of awsKms, azureKeyVault, googleCloudKms' },
  )
  .describe('The key: exactly one of awsKms, azureKeyVault, googleCloudKms; no secrets, only roles');

const settings = z.strictObject({
  key,
  enabledForSearchNodes: z
    .boolean()
    .optional()
    .describe('Whether search nodes are encrypted with it as well'),
});

/** What `with` holds. */
export type EncryptionAtRestWith = z.output<typeof settings>;

/** What the key is known by at its provider. */
export function keyName({ key }: EncryptionAtRestWith): string {
  if ('awsKms' in key) return key.awsKms.customerMasterKeyID;
  if ('azureKeyVault' in key) return key.azureKeyVault.keyIdentifier;
  return key.googleCloudKms.keyVersionResourceID;
}

/**
 * Points the target's project at the key that the snapshot can be read with, and waits until Atlas finds the key valid
 * (update-encryption-at-rest-configuration-for-one-project).
 */
export const encryptionAtRestKind = {
  use: 'encryption-at-rest',
  stages: ['before'],
  effect: 'change',
  destroys: true,
  operations: ['updateEncryptionAtRest', 'getEncryptionAtRest'],
  with: settings,
  summary: (settings, { target }) =>
    `Encrypt project ${target?.project ?? 'of the target'} with the key ${keyName(settings)}`,
  confirmName: (_settings, { target }) => target?.project ?? '',
} as const satisfies StepKind<EncryptionAtRestWith>;
