import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MiniStack } from './ministack.ts';
import { runProgram } from './programs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const CLI = join(ROOT, 'node_modules/aws-cdk/bin/cdk');

/** The account and the region that MiniStack plays. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** The credentials of MiniStack's root user. */
export const ROOT_USER = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/** What the stack says of itself once it is deployed, by the name of the output. */
export type Outputs = Readonly<Record<string, string>>;

/** The CLI of CDK, as it is installed here, on MiniStack. */
export interface Cdk {
  bootstrap(): Promise<void>;
  /** @param settings the context key `lifeboat`. */
  deploy(settings: object): Promise<Outputs>;
  /** The same stack with other settings; the functions stay as they are. */
  redeploy(settings: object): Promise<Outputs>;
}

/** @param work a folder of its own. */
export function cdkOn({ endpoint, certificate }: MiniStack, work: string): Cdk {
  const settings = {
    log: join(work, 'cdk.log'),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: work,
      TMPDIR: work,
      AWS_ENDPOINT_URL: endpoint,
      NODE_EXTRA_CA_CERTS: certificate,
      AWS_ACCESS_KEY_ID: ROOT_USER.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ROOT_USER.secretAccessKey,
      AWS_REGION: REGION,
      // Nobody's own account is touched, whatever this machine knows.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: '1',
    },
  };
  const cdk = (cwd: string, ...args: readonly string[]) =>
    runProgram(process.execPath, [CLI, '--no-notices', '--no-color', ...args], { cwd, ...settings });
  return {
    // Elsewhere than in the root, whose cdk.json would have it bundle and synthesise for nothing.
    bootstrap: () => cdk(work, 'bootstrap', `aws://${ACCOUNT}/${REGION}`),
    deploy: (context) => deploy(context),
    redeploy: (context) => deploy(context, '--app', 'node --import tsx infra/app.ts'),
  };

  async function deploy(context: object, ...more: readonly string[]): Promise<Outputs> {
    const outputs = join(work, 'outputs.json');
    const folders = ['--output', join(work, 'cdk.out'), '--outputs-file', outputs];
    await cdk(
      ROOT,
      'deploy',
      '-c',
      `lifeboat=${JSON.stringify(context)}`,
      '--require-approval',
      'never',
      '--progress',
      'events',
      ...folders,
      ...more,
    );
    const [stack = {}] = Object.values(
      JSON.parse(await readFile(outputs, 'utf8')) as Record<string, Outputs>,
    );
    return stack;
  }
}
