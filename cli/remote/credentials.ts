import { isOnThisMachine } from '../../local/choose-clock.ts';
import { readToken, tokenFile } from '../../local/serve/serve-token.ts';
import type { Cli, Remote } from '../cli.ts';
import { UsageError } from '../errors.ts';

/** Sends a request with what proves who sends it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const AWS_HOST = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;

/**
 * How requests to an API are proven: with AWS Signature Version 4 when `--aws` is said, with the token in LIFEBOAT_TOKEN,
 * else by where the API is: on AWS a signature, on this machine the token that `lifeboat serve` keeps in the home. That one
 * goes nowhere else.
 *
 * @throws UsageError when there is nothing to prove it with.
 */
export async function provenFetch({ url, aws }: Remote, { env, home }: Cli): Promise<Fetch> {
  const given = env.LIFEBOAT_TOKEN?.trim() ?? '';
  if (!aws && given !== '') return bearerFetch(given);
  const { hostname } = new URL(url);
  if (aws || AWS_HOST.test(hostname)) return signedFetch(AWS_HOST.exec(hostname)?.[1] ?? regionIn(env));
  const own = isOnThisMachine(url) ? await readToken(home) : undefined;
  if (own !== undefined) return bearerFetch(own);
  throw new UsageError(
    `There is no token for ${new URL(url).host}.`,
    isOnThisMachine(url)
      ? `Set LIFEBOAT_TOKEN, or name the --home of the server, which keeps it in ${tokenFile(home)}.`
      : 'Set LIFEBOAT_TOKEN, or say --aws for an API on AWS under a name of its own.',
  );
}

function bearerFetch(token: string): Fetch {
  return (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(url, { ...init, headers });
  };
}

async function signedFetch(region: string): Promise<Fetch> {
  const [{ AwsClient }, { fromNodeProviderChain }] = await Promise.all([
    import('aws4fetch'),
    import('@aws-sdk/credential-providers'),
  ]);
  const provide = fromNodeProviderChain();
  return async (url, init) => {
    // Asked for each time: those of a role expire while a long job is watched.
    const { accessKeyId, secretAccessKey, sessionToken } = await provide().catch((cause: unknown) => {
      throw new UsageError(
        'There are no AWS credentials to sign with.',
        'Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with: aws sso login',
        cause,
      );
    });
    const client = new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken !== undefined && { sessionToken }),
      service: 'execute-api',
      region,
      retries: 0,
    });
    return client.fetch(url, init);
  };
}

function regionIn(env: Cli['env']): string {
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? '';
  if (region !== '') return region;
  throw new UsageError(
    'It is not known in which AWS region the API of --remote is.',
    'Set AWS_REGION to the region of the API.',
  );
}
