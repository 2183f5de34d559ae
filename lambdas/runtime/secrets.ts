import { randomUUID } from 'node:crypto';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { CLIENT_SETTINGS } from './aws-client.ts';
import { asking } from './errors.ts';

/** Seconds for which a secret that was read is good. A new value is used after at most so long, without a deployment. */
const MAX_AGE = 300;

const client = new SecretsManagerClient(CLIENT_SETTINGS);
const provider = new SecretsProvider({ awsSdkV3Client: client });

const values = z.record(z.string(), z.string());

/** What a secret holds: names and values. */
export type SecretContent = Readonly<Record<string, string>>;

/** How a secret is read. */
export interface SecretReading {
  /** Past what is remembered of it, so that what another process has just written is seen. */
  readonly afresh?: boolean;
}

/**
 * The names and values in a secret, which is JSON. Empty when it holds anything else: a secret that was just made holds
 * random characters, until somebody puts a value into it.
 *
 * @throws AwsServiceError
 */
export async function readSecret(
  arn: string,
  { afresh = false }: SecretReading = {},
): Promise<SecretContent> {
  const text = await asking(`read the secret ${arn}`, () =>
    provider.get(arn, { maxAge: MAX_AGE, forceFetch: afresh }),
  );
  if (typeof text !== 'string') return {};
  try {
    return values.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * Replaces what a secret holds.
 *
 * @throws AwsServiceError
 */
export async function writeSecret(arn: string, content: SecretContent): Promise<void> {
  const put = new PutSecretValueCommand({
    SecretId: arn,
    SecretString: JSON.stringify(content),
    // Sent again after a lost reply, it makes no second version.
    ClientRequestToken: randomUUID(),
  });
  await asking(`write the secret ${arn}`, () => client.send(put));
}
