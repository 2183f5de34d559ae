import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ACCOUNT, REGION, ROOT_USER } from './cdk.ts';
import { AWS_CLI, type MiniStack } from './ministack.ts';
import type { People } from './people.ts';
import type { Credentials } from './signed-request.ts';

/** The file that docs/aws.md has people read into their shell. Git, the linter and the formatter leave it alone. */
export const SHELL_FILE = fileURLToPath(new URL('../../node_modules/.cache/emulator.sh', import.meta.url));

/** What a shell has to know to work with an emulator. */
export interface ShellSettings {
  /** A folder of its own. */
  readonly work: string;
  readonly ministack: MiniStack;
  readonly people: People;
  readonly atlasUrl: string;
}

/**
 * Writes {@link SHELL_FILE}: read into a shell, it turns the AWS CLI, CDK and Lifeboat to the emulator. Nobody's own account is
 * touched from there. Besides the administrator there are two people, as profiles: `operator` and `approver`.
 */
export async function writeShellFile({ work, ministack, people, atlasUrl }: ShellSettings): Promise<void> {
  const [bin, profiles] = [join(work, 'bin'), join(work, 'profiles')];
  await mkdir(bin, { recursive: true });
  await symlink(AWS_CLI, join(bin, 'aws'));
  const named = { default: ROOT_USER, operator: people.operate, approver: people.approve };
  await writeFile(profiles, Object.entries(named).map(profile).join('\n'), { mode: 0o600 });
  const variables = {
    AWS_ENDPOINT_URL: ministack.endpoint,
    AWS_CA_BUNDLE: ministack.certificate,
    NODE_EXTRA_CA_CERTS: ministack.certificate,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: profiles,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    LIFEBOAT_CHOICES: JSON.stringify({ stage: 'dev', atlasUrl, runbooks: 'test/deploy/runbooks' }),
  };
  const lines = [
    `# The emulator of AWS that "npm run emulator" has started, with the account ${ACCOUNT}.`,
    'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE LIFEBOAT_TOKEN',
    ...Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`),
    `export PATH='${bin}':"$PATH"`,
  ];
  await writeFile(SHELL_FILE, `${lines.join('\n')}\n`, { mode: 0o600 });
}

function profile([name, { accessKeyId, secretAccessKey }]: readonly [string, Credentials]): string {
  return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}
