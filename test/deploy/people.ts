import { askWithForm } from './aws-calls.ts';
import { ACCOUNT, REGION } from './cdk.ts';
import type { MiniStack } from './ministack.ts';
import type { Credentials } from './signed-request.ts';

/** What somebody may do at the API, as docs/aws.md says it in policies of IAM: method and path. */
const MAY = {
  read: ['GET/*'],
  operate: ['GET/*', 'POST/v1/jobs', 'POST/v1/plans', 'POST/v1/jobs/*/cancel'],
  approve: ['GET/*', 'POST/v1/jobs/*/approve', 'POST/v1/jobs/*/reject'],
  everything: ['*'],
  nothing: [],
} as const;

/** People with a key each, by what they may do. */
export type People = Readonly<Record<keyof typeof MAY, Credentials>>;

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
    const value = (tag: string) => new RegExp(`<${tag}>(.+?)</${tag}>`).exec(key)?.[1] ?? '';
    return [name, { accessKeyId: value('AccessKeyId'), secretAccessKey: value('SecretAccessKey') }] as const;
  });
  return Object.fromEntries(await Promise.all(made)) as unknown as People;
}

function allow(apiId: string, calls: readonly string[]): object {
  const api = `arn:aws:execute-api:${REGION}:${ACCOUNT}:${apiId}/$default`;
  return { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: calls.map((call) => `${api}/${call}`) };
}
