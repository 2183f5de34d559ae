/**
 * Starts MiniStack, an emulator of AWS on this machine, and a simulated Atlas, and says how the stack is deployed there. Run it with
 * `npm run emulator`, and end it with Ctrl-C: nothing is left.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { apiPath, get } from './api.ts';
import { ACCOUNT, REGION, ROOT_USER } from './cdk.ts';
import { clientSettings, SPEED, WORLD_SEED } from './deployment.ts';
import { installMiniStack, MiniStackMissingError, startMiniStack, type MiniStack } from './ministack.ts';
import { freePort, stopPrograms } from './programs.ts';
import { send, sign } from './signed-request.ts';
import { startSimulatedAtlas } from './simulated-atlas.ts';

/** Milliseconds between two looks whether the stack is there. */
const LOOK_AGAIN = 2_000;

async function start(work: string): Promise<void> {
  await installMiniStack(work);
  const timeFile = join(work, 'simulated-time.json');
  const ministack = await startMiniStack({ work, speed: SPEED, timeFile });
  const port = await freePort();
  const credentials = await startSimulatedAtlas({ work, port, seed: WORLD_SEED, speed: SPEED, timeFile });
  console.log(instructions(ministack, `http://127.0.0.1:${port}`));
  await fillWhenThere(ministack, credentials);
  console.log(afterDeployment(ministack, await apiWhenThere(ministack)));
}

function instructions({ endpoint, certificate }: MiniStack, atlasUrl: string): string {
  const settings = JSON.stringify({ stage: 'dev', atlasUrl, runbooks: 'test/deploy/runbooks' });
  return `An empty account of AWS answers at ${endpoint}, and a simulated Atlas at ${atlasUrl}, ${SPEED} times as
fast as the world. Deploy from another shell:

export AWS_ENDPOINT_URL=${endpoint}
export NODE_EXTRA_CA_CERTS=${certificate} AWS_CA_BUNDLE=${certificate}
export AWS_ACCESS_KEY_ID=${ROOT_USER.accessKeyId} AWS_SECRET_ACCESS_KEY=${ROOT_USER.secretAccessKey} AWS_REGION=${REGION}
npx cdk bootstrap aws://${ACCOUNT}/${REGION}
npx cdk deploy --require-approval never -c lifeboat='${settings}'

Ctrl-C here ends both, and nothing is left.`;
}

function afterDeployment({ endpoint }: MiniStack, apiId: string): string {
  const lifeboat = `npm run -s lifeboat -- --remote '${endpoint}${apiPath(apiId)}' --aws`;
  return `
The stack is there, and its secret holds the credentials of the simulated Atlas. Its API takes the command line, in the other
shell once \`cdk deploy\` has ended:

${lifeboat} run examples/drill.yaml
${lifeboat} jobs list`;
}

/** A schedule starts its first job within a minute, which should find credentials. */
async function fillWhenThere(ministack: MiniStack, credentials: object): Promise<void> {
  const client = new SecretsManagerClient(clientSettings(ministack));
  for (;;) {
    const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
    const found = SecretList.find(({ Description }) => Description === 'Credentials for Atlas');
    if (found?.ARN !== undefined) {
      const SecretString = JSON.stringify(credentials);
      await client.send(new PutSecretValueCommand({ SecretId: found.ARN, SecretString }));
      return;
    }
    await lookAgain();
  }
}

/** The id of the API, which is among the last that a deployment makes. */
async function apiWhenThere(ministack: MiniStack): Promise<string> {
  const signing = { service: 'apigateway', credentials: ROOT_USER };
  for (;;) {
    const { text } = await send(ministack, await sign(ministack, get('/v2/apis'), signing));
    const { items = [] } = JSON.parse(text) as { readonly items?: readonly { readonly apiId: string }[] };
    const [api] = items;
    if (api !== undefined) return api.apiId;
    await lookAgain();
  }
}

async function lookAgain(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN).unref());
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const work = await mkdtemp(join(tmpdir(), 'lifeboat-emulator-'));
const ended = Promise.race((['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => once(process, signal)));
let code = 0;
try {
  await Promise.race([start(work).then(() => ended), ended]);
} catch (error) {
  code = 1;
  const isMissing = error instanceof MiniStackMissingError;
  console.error(isMissing ? `MiniStack is not to be had on this machine: ${error.message}.` : error);
} finally {
  await stopPrograms();
  await rm(work, { recursive: true, force: true });
}
process.exit(code);
