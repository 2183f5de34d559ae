/**
 * Starts MiniStack, an emulator of AWS on this machine, and a simulated Atlas, and says how the stack is deployed there. Run it with
 * `npm run emulator`, and end it with Ctrl-C: nothing is left.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { clientSettings, SPEED, WORLD_SEED } from './deployment.ts';
import { SHELL_FILE, writeShellFile } from './emulator-shell.ts';
import { installMiniStack, MiniStackMissingError, startMiniStack, type MiniStack } from './ministack.ts';
import { addPeople } from './people.ts';
import { freePort, stopPrograms } from './programs.ts';
import { startSimulatedAtlas } from './simulated-atlas.ts';

/** Milliseconds between two looks whether the stack is there. */
const LOOK_AGAIN = 2_000;

async function start(work: string): Promise<void> {
  await installMiniStack(work);
  const timeFile = join(work, 'simulated-time.json');
  const ministack = await startMiniStack({ work, speed: SPEED, timeFile });
  const port = await freePort();
  const credentials = await startSimulatedAtlas({ work, port, seed: WORLD_SEED, speed: SPEED, timeFile });
  const atlasUrl = `http://127.0.0.1:${port}`;
  // The API is not there yet, and there will be no other.
  const people = await addPeople(ministack, '*');
  await writeShellFile({ work, ministack, people, atlasUrl });
  console.log(instructions(ministack, atlasUrl, credentials));
  await fillWhenThere(ministack, credentials);
  console.log('\nThe secret of the stack holds the credentials of the simulated Atlas.');
}

function instructions(
  { endpoint }: MiniStack,
  atlasUrl: string,
  { MONGODB_ATLAS_CLIENT_ID, MONGODB_ATLAS_CLIENT_SECRET }: Readonly<Record<string, string>>,
): string {
  return `An empty account of AWS answers at ${endpoint}, and a simulated Atlas at ${atlasUrl}, ${SPEED} times as
fast as the world. Its service account:

  client id      ${MONGODB_ATLAS_CLIENT_ID ?? ''}
  client secret  ${MONGODB_ATLAS_CLIENT_SECRET ?? ''}

In another shell, in this folder, go on with docs/aws.md:

. ${relative(process.cwd(), SHELL_FILE)}

Ctrl-C here ends both, and nothing is left.`;
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
  await rm(SHELL_FILE, { force: true });
  await rm(work, { recursive: true, force: true });
}
process.exit(code);
