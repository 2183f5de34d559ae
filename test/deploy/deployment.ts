import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { JobStore } from '../../core/jobs/store.ts';
import { dynamoTable } from '../../core/jobs/table/dynamo-table.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import { apiOf, type Api } from './api.ts';
import { cdkOn, REGION, ROOT_USER, type Outputs } from './cdk.ts';
import { startMiniStack, type MiniStack } from './ministack.ts';
import { listenToTopic, type Listener } from './notices.ts';
import { addPeople, type People } from './people.ts';
import { freePort } from './programs.ts';
import type { Progress } from './progress.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { startSimulatedAtlas } from './simulated-atlas.ts';

/** The folder of the runbooks that are deployed with the stack. */
export const RUNBOOKS = fileURLToPath(new URL('runbooks', import.meta.url));

/** The seed of the simulated Atlas. */
export const WORLD_SEED = 1;

/**
 * How many seconds of the simulated Atlas go by in one. A state of a workflow takes a tenth of a second or two here, which counts
 * as some seconds there: as much as on AWS, where nothing is hurried.
 */
export const SPEED = 60;

const SIGNING_SECRET = 'what the shop and Lifeboat know';

/** Lifeboat as it is deployed, and everything around it. */
export interface Deployment {
  readonly ministack: MiniStack;
  readonly stage: string;
  readonly outputs: Outputs;
  readonly api: Api;
  readonly people: People;
  /** The history in DynamoDB, read with the product's own store. */
  readonly jobs: JobStore;
  readonly sfn: SFNClient;
  /** The system that the webhooks of the runbooks lead to. */
  readonly shop: Receiver;
  /** Somebody who listens to the topic of the stack. */
  readonly topic: Listener;
  /** Deploys the stack again, with some settings changed. */
  readonly redeploy: (changes: object) => Promise<Outputs>;
  /** What must not be found anywhere. */
  readonly secrets: readonly string[];
}

/** What is deployed, where it is not what the tests deploy. */
export interface DeploySettings {
  /** The folder of the runbooks. */
  readonly runbooks?: string;
  /** The file that takes every call to the table. */
  readonly tableCallsFile?: string;
}

/**
 * Starts MiniStack, deploys the stack with the CLI of CDK, starts a simulated Atlas, and fills the secrets.
 *
 * @param work a folder of its own.
 */
export async function deploy(
  work: string,
  progress: Progress,
  { runbooks = RUNBOOKS, tableCallsFile }: DeploySettings = {},
): Promise<Deployment> {
  const timeFile = join(work, 'simulated-time.json');
  const ministack = await startMiniStack({ work, speed: SPEED, timeFile, tableCallsFile });
  progress.say(`MiniStack answers at ${ministack.endpoint}`);

  const cdk = cdkOn(ministack, work);
  await cdk.bootstrap();
  progress.say('bootstrapped');
  const port = await freePort();
  const settings = { stage: 'test', atlasUrl: `http://127.0.0.1:${port}`, runbooks };
  const outputs = await cdk.deploy(settings);
  progress.say('deployed');

  const shop = await startReceiver(SIGNING_SECRET);
  const credentials = await startSimulatedAtlas({ work, port, seed: WORLD_SEED, speed: SPEED, timeFile });
  progress.say(`the simulated Atlas answers at port ${port}, ${SPEED} times as fast as the world`);

  const clients = clientSettings(ministack);
  await fillSecrets(clients, outputs, credentials, {
    SHOP_URL: `${shop.url}/hooks`,
    SHOP_SECRET: SIGNING_SECRET,
  });
  const api = apiOf(ministack, outputs.ApiUrl ?? '');
  const client = new DynamoDBClient(clients);
  return {
    ministack,
    stage: settings.stage,
    outputs,
    api,
    people: await addPeople(ministack, api.apiId),
    jobs: createJobStore(dynamoTable(client, outputs.TableName ?? '')),
    sfn: new SFNClient(clients),
    shop,
    topic: await listenToTopic(ministack, outputs.TopicArn ?? ''),
    redeploy: (changes) => cdk.redeploy({ ...settings, ...changes }),
    secrets: [SIGNING_SECRET, credentials.MONGODB_ATLAS_CLIENT_SECRET ?? SIGNING_SECRET],
  };
}

/** How the SDK's clients reach MiniStack, as its root user. */
interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: typeof ROOT_USER;
  readonly requestHandler: { readonly httpsAgent: MiniStack['agent'] };
}

/** Settings of a client of the SDK. */
export function clientSettings({ endpoint, agent }: MiniStack): ClientSettings {
  return { endpoint, region: REGION, credentials: ROOT_USER, requestHandler: { httpsAgent: agent } };
}

async function fillSecrets(
  settings: ClientSettings,
  { AtlasSecret, WebhookSecret }: Outputs,
  atlas: object,
  outbound: object,
): Promise<void> {
  const client = new SecretsManagerClient(settings);
  for (const [SecretId, content] of [
    [AtlasSecret, atlas],
    [WebhookSecret, outbound],
  ] as const) {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(content) }));
  }
}
