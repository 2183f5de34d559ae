import * as z from 'zod';
import { plainLine } from '../runbooks/fields.ts';
import { idField } from '../runbooks/id-field.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { justSent } from './shared/just-sent.ts';
import { onTarget } from './shared/on-target.ts';

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

/** Atlas tries a key within a few minutes. */
const LOOK_AGAIN_SECONDS = 15;

/** What Atlas says of the encryption at rest of a project, as far as this step reads it. */
type Encryption = Readonly<Record<string, unknown>>;

/**
 * Points the target's project at the key that the snapshot can be read with, and waits until Atlas finds the key valid.
 *
 * Doc: update-encryption-at-rest-configuration-for-one-project.
 */
export const encryptionAtRest: StepKind<EncryptionAtRestWith> = {
  use: 'encryption-at-rest',
  stages: ['before'],
  effect: 'change',
  destroys: {
    what: 'the encryption with the key that the project has now',
    name: (_settings, { target }) => target?.project ?? '',
  },
  operations: { updateEncryptionAtRest: ['Project Owner'], getEncryptionAtRest: ['Project Read Only'] },
  with: settings,
  summary: (settings, { target }) =>
    `Encrypt project ${target?.project ?? 'of the target'} with the key ${keyName(settings)}`,

  send: onTarget(async (settings, { project }, { atlas }) => {
    const before = await atlas.encryption.getEncryptionAtRest({ groupId: project });
    if (!isSet(before, settings)) {
      // By its name: the client checks the names of regions, of which there are many.
      await atlas.call('updateEncryptionAtRest', { groupId: project, body: bodyOf(settings) });
      return trying(project, settings);
    }
    if (!isValid(before, settings)) return trying(project, settings);
    return {
      outcome: 'done',
      message: `Project ${project} was encrypted with the key ${keyName(settings)} already, and the key is valid.`,
      evidence: { already: true, valid: true },
    };
  }),

  look: onTarget(async (settings, { project }, context) => {
    const { atlas } = context;
    const found = await atlas.encryption.getEncryptionAtRest({ groupId: project });
    if (!holdsKey(found, settings)) {
      if (justSent(context)) return trying(project, settings);
      return {
        outcome: 'failed',
        message: `Project ${project} no longer points at the key ${keyName(settings)}: someone or something else has changed it since.`,
      };
    }
    if (!isValid(found, settings)) return trying(project, settings);
    return {
      outcome: 'done',
      message: `Project ${project} points at the key ${keyName(settings)}, and Atlas found it valid.`,
      evidence: { valid: true },
    };
  }),
};

function trying(project: string, settings: EncryptionAtRestWith): StepAnswer {
  return {
    outcome: 'wait',
    sent: true,
    waitSeconds: LOOK_AGAIN_SECONDS,
    message: `Project ${project} points at the key ${keyName(settings)}; Atlas has not found it valid yet.`,
    evidence: { valid: false },
  };
}

function bodyOf({ key, enabledForSearchNodes }: EncryptionAtRestWith) {
  const search = enabledForSearchNodes === undefined ? {} : { enabledForSearchNodes };
  if ('awsKms' in key) return { awsKms: { ...key.awsKms, enabled: true }, ...search };
  if ('azureKeyVault' in key) return { azureKeyVault: { ...key.azureKeyVault, enabled: true }, ...search };
  return { googleCloudKms: { ...key.googleCloudKms, enabled: true }, ...search };
}

/** Whether everything is as the runbook wants it; what Atlas does not show counts as different and is sent again. */
function isSet(found: Encryption, settings: EncryptionAtRestWith): boolean {
  const { enabledForSearchNodes, ...wanted } = bodyOf(settings);
  const searchIsSet =
    enabledForSearchNodes === undefined || found.enabledForSearchNodes === enabledForSearchNodes;
  const shown = providerOf(found, settings);
  const fields = Object.values<Encryption>(wanted).flatMap((part) => Object.entries(part));
  return searchIsSet && fields.every(([name, value]) => shown[name] === value);
}

function holdsKey(found: Encryption, settings: EncryptionAtRestWith): boolean {
  const shown = providerOf(found, settings);
  return shown.enabled === true && Object.values(shown).includes(keyName(settings));
}

function isValid(found: Encryption, settings: EncryptionAtRestWith): boolean {
  return providerOf(found, settings).valid === true;
}

/** What Atlas says of the provider whose key the runbook names. */
function providerOf(found: Encryption, { key }: EncryptionAtRestWith): Encryption {
  const [provider = ''] = Object.keys(key);
  const shown = found[provider];
  return typeof shown === 'object' && shown !== null ? { ...shown } : {};
}
