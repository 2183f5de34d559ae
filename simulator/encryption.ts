import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { EncryptionState, KeyProvider, ProviderState } from './project-state.ts';
import { bodyId } from './request-body.ts';

const common = { enabled: z.boolean().optional(), requirePrivateNetworking: z.boolean().optional() };

/** What an update of encryption at rest may hold. */
export const encryptionRequest = z.object({
  awsKms: z
    .object({
      ...common,
      accessKeyID: z.string().min(16).max(128).optional(),
      customerMasterKeyID: z.string().min(1).max(2048).optional(),
      region: z.string().min(1).optional(),
      roleId: bodyId.optional(),
      secretAccessKey: z.string().optional(),
    })
    .optional(),
  azureKeyVault: z
    .object({
      ...common,
      azureEnvironment: z.enum(['AZURE', 'AZURE_CHINA', 'AZURE_US_GOVERNMENT']).optional(),
      clientID: z.uuid().optional(),
      keyIdentifier: z.string().optional(),
      keyVaultName: z.string().optional(),
      resourceGroupName: z.string().optional(),
      roleId: bodyId.optional(),
      secret: z.string().optional(),
      subscriptionID: z.uuid().optional(),
      tenantID: z.uuid().optional(),
    })
    .optional(),
  googleCloudKms: z
    .object({
      enabled: z.boolean().optional(),
      keyVersionResourceID: z.string().optional(),
      roleId: bodyId.optional(),
      serviceAccountKey: z.string().optional(),
    })
    .optional(),
  enabledForSearchNodes: z.boolean().optional(),
});

type Settings = Readonly<Record<string, string | boolean | undefined>>;

interface ProviderRules {
  /** The attribute that names the key. */
  readonly key: string;
  readonly needed: readonly string[];
  /** The attributes by which Atlas signs in to the provider: all of them, or a role. */
  readonly secrets: readonly string[];
  /** The value of a cluster's `encryptionAtRestProvider`. */
  readonly clusterWord: 'AWS' | 'AZURE' | 'GCP';
}

const RULES: Readonly<Record<KeyProvider, ProviderRules>> = {
  awsKms: {
    key: 'customerMasterKeyID',
    needed: ['customerMasterKeyID', 'region'],
    secrets: ['secretAccessKey'],
    clusterWord: 'AWS',
  },
  azureKeyVault: {
    key: 'keyIdentifier',
    needed: [
      'azureEnvironment',
      'clientID',
      'keyIdentifier',
      'keyVaultName',
      'resourceGroupName',
      'subscriptionID',
      'tenantID',
    ],
    secrets: ['secret'],
    clusterWord: 'AZURE',
  },
  googleCloudKms: {
    key: 'keyVersionResourceID',
    needed: ['keyVersionResourceID'],
    secrets: ['serviceAccountKey'],
    clusterWord: 'GCP',
  },
};

export const KEY_PROVIDERS = Object.keys(RULES) as KeyProvider[];

/**
 * What the settings of a provider become by an update.
 *
 * @param inUse the providers whose keys clusters of the project are encrypted with.
 * @returns undefined when the provider is switched off.
 * @throws ApiError `MISSING_ATTRIBUTE`, `ENCRYPTION_KEY_UNUSABLE`, or `ENCRYPTION_AT_REST_IN_USE` (409).
 */
export function updatedProvider(
  encryption: EncryptionState,
  provider: KeyProvider,
  sent: Settings,
  inUse: readonly string[],
  now: number,
): ProviderState | undefined {
  const rules = RULES[provider];
  if (sent.enabled === false) {
    if (inUse.includes(rules.clusterWord)) throw new ApiError('ENCRYPTION_AT_REST_IN_USE', rules.clusterWord);
    return undefined;
  }
  const known = encryption.providers[provider];
  // Once a provider is set up, an update may leave out what stays.
  const missing = known ? undefined : missingAttribute(rules, sent);
  if (missing !== undefined) throw new ApiError('MISSING_ATTRIBUTE', `${provider}.${missing}`);
  const settings = { ...known?.settings, ...withoutSecrets(rules, sent), enabled: true };
  const key = String(settings[rules.key as keyof typeof settings]);
  if (encryption.unusableKeys.includes(key)) throw new ApiError('ENCRYPTION_KEY_UNUSABLE', key);
  return { settings, validAt: now + encryption.validAfter * 1000 };
}

function missingAttribute(rules: ProviderRules, sent: Settings): string | undefined {
  const signIn = sent.roleId === undefined ? rules.secrets : [];
  return [...rules.needed, ...signIn].find((name) => sent[name] === undefined);
}

function withoutSecrets(rules: ProviderRules, sent: Settings): Record<string, string | boolean> {
  const shown: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(sent)) {
    if (value !== undefined && !rules.secrets.includes(name)) shown[name] = value;
  }
  return shown;
}
