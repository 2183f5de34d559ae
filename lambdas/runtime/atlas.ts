import { randomInt } from 'node:crypto';
import type { AtlasClient } from '../../core/atlas/client.ts';
import { createAtlasClient } from '../../core/atlas/create-client.ts';
import { credentialsFrom } from '../../core/atlas/credentials-from-environment.ts';
import { AtlasSettingsError } from '../../core/atlas/errors.ts';
import type { RequestRecord } from '../../core/atlas/send.ts';
import { seededRandom } from '../../core/random.ts';
import { readEnvironment } from './environment.ts';
import { machineClock } from './machine-clock.ts';
import { metrics } from './metrics.ts';
import { readSecret, writeSecret, type SecretContent } from './secrets.ts';
import { sharedTokens } from './shared-tokens.ts';
import { jobHistory } from './table.ts';

interface Connected {
  readonly atlas: AtlasClient;
  /** The content of the secret that it was made with. */
  readonly secret: string;
}

let connected: Connected | undefined;

/**
 * The client for Atlas, with the credentials that are in the secret now. It lasts from one invocation to the next, until the
 * secret is given another value.
 *
 * @throws AtlasSettingsError when the secret holds no credentials.
 */
export async function connectAtlas(): Promise<AtlasClient> {
  const { LIFEBOAT_ATLAS_URL, LIFEBOAT_ATLAS_SECRET, LIFEBOAT_TOKEN_SECRET } = readEnvironment('atlas');
  const content = await readSecret(LIFEBOAT_ATLAS_SECRET);
  const secret = JSON.stringify(content);
  if (connected?.secret === secret) return connected.atlas;
  await connected?.atlas.close();
  const place = {
    read: () => readSecret(LIFEBOAT_TOKEN_SECRET, { afresh: true }),
    write: (token: SecretContent) => writeSecret(LIFEBOAT_TOKEN_SECRET, token),
  };
  const atlas = createAtlasClient({
    baseUrl: LIFEBOAT_ATLAS_URL,
    credentials: credentialsIn(content, LIFEBOAT_ATLAS_SECRET),
    clock: machineClock,
    random: seededRandom(randomInt(0, 2 ** 32)),
    tokens: sharedTokens(place, jobHistory(), machineClock),
    onRequest: countRequest,
  });
  connected = { atlas, secret };
  return atlas;
}

/** The secret holds what the environment holds on one machine, under the same names. */
function credentialsIn(content: SecretContent, arn: string) {
  try {
    return credentialsFrom(content);
  } catch (error) {
    if (!(error instanceof AtlasSettingsError)) throw error;
    throw new AtlasSettingsError(
      `The secret ${arn} holds no usable credentials for Atlas. ${error.message}`,
      `${error.next ?? ''} Put them into the secret, as docs/aws.md shows.`.trim(),
    );
  }
}

function countRequest({ status }: RequestRecord): void {
  metrics.addMetric('AtlasRequests', 'Count', 1);
  if (status === 429) metrics.addMetric('AtlasThrottles', 'Count', 1);
  else if (status === undefined || status >= 500) metrics.addMetric('AtlasErrors', 'Count', 1);
}
