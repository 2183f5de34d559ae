import { askWithForm } from './aws-calls.ts';
import { ACCOUNT, REGION } from './cdk.ts';
import type { MiniStack } from './ministack.ts';
import type { Credentials } from './signed-request.ts';

/** What somebody may do at the API, as docs/aws.md says it in policies of IAM: method and path. */
const MAY = {
  read: ['GET/*'],
  operate: ['GET/*', 'POST/v1/jobs', 'POST/v1/plans', 'POST/v1/jobs/*/cancel'],
  approve: ['GET/*', 'POST/v1/jobs/*/approve', 'POST/v1/jobs/*/reject'],
  breakGlass: ['GET/*', 'POST/v1/break-glass'],
  everything: ['*'],
  nothing: [],
} as const;

/** Sessions of roles: what the role may do, its name, and the name of the session. */
const SESSIONS = {
  /** One person of Identity Center, with two permission sets. */
  bobOperating: ['operate', 'AWSReservedSSO_Operator_0123456789abcdef', 'bob'],
  bobApproving: ['approve', 'AWSReservedSSO_Approver_fedcba9876543210', 'bob'],
  /** Another person. */
  annApproving: ['approve', 'AWSReservedSSO_Approver_fedcba9876543210', 'ann'],
  /** Whoever takes an ordinary role chooses what the session is called. */
  roleApproving: ['approve', 'Approvers', 'ann'],
} as const satisfies Readonly<Record<string, readonly [keyof typeof MAY, string, string]>>;

/** People with a key each, by what they may do, and sessions of roles. */
export type People = Readonly<Record<keyof typeof MAY | keyof typeof SESSIONS, Credentials>>;

/** Makes a user of IAM for each. The root user would not do: it may do everything, and its signature is not looked at. */
export async function addPeople(ministack: MiniStack, apiId: string): Promise<People> {
  const made = Object.entries(MAY).map(async ([name, calls]) => {
    await askWithForm(ministack, 'iam', { Action: 'CreateUser', UserName: name });
    if (calls.length > 0) {
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow(apiId, calls)] });
      await askWithForm(ministack, 'iam', {
        Action: 'PutUserPolicy',
        UserName: name,
        PolicyName: 'api',
        PolicyDocument,
      });
    }
    const key = await askWithForm(ministack, 'iam', { Action: 'CreateAccessKey', UserName: name });
    const made = { accessKeyId: textOf(key, 'AccessKeyId'), secretAccessKey: textOf(key, 'SecretAccessKey') };
    return [name, made] as const;
  });
  const users = await Promise.all(made);
  const sessions: (readonly [string, Credentials])[] = [];
  for (const [name, [may, role, session]] of Object.entries(SESSIONS))
    sessions.push([name, await takeRole(ministack, apiId, may, role, session)]);
  return Object.fromEntries([...users, ...sessions]) as unknown as People;
}

/** Makes a role that may do something, unless it is there, and takes it. */
async function takeRole(
  ministack: MiniStack,
  apiId: string,
  may: keyof typeof MAY,
  RoleName: string,
  RoleSessionName: string,
): Promise<Credentials> {
  const trust = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: 'sts:AssumeRole',
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await askWithForm(ministack, 'iam', { Action: 'CreateRole', RoleName, AssumeRolePolicyDocument }).catch(
    (error: unknown) => {
      if (!String(error).includes('EntityAlreadyExists')) throw error;
    },
  );
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow(apiId, MAY[may])] });
  await askWithForm(ministack, 'iam', {
    Action: 'PutRolePolicy',
    RoleName,
    PolicyName: 'api',
    PolicyDocument,
  });
  const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
  const taken = await askWithForm(ministack, 'sts', { Action: 'AssumeRole', RoleArn, RoleSessionName });
  return {
    accessKeyId: textOf(taken, 'AccessKeyId'),
    secretAccessKey: textOf(taken, 'SecretAccessKey'),
    sessionToken: textOf(taken, 'SessionToken'),
  };
}

/** The text of the first element of a name. */
function textOf(xml: string, tag: string): string {
  return new RegExp(`<${tag}>(.+?)</${tag}>`).exec(xml)?.[1] ?? '';
}

function allow(apiId: string, calls: readonly string[]): object {
  const api = `arn:aws:execute-api:${REGION}:${ACCOUNT}:${apiId}/$default`;
  return { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: calls.map((call) => `${api}/${call}`) };
}
