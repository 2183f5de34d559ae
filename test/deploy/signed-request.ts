import { request as httpsRequest } from 'node:https';
import { AwsV4Signer } from 'aws4fetch';
import { REGION } from './cdk.ts';
import type { MiniStack } from './ministack.ts';

/** What requests are signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a session alone. */
  readonly sessionToken?: string;
}

/** A request to MiniStack. */
export interface WantedRequest {
  readonly method: string;
  /** With its query, beginning with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How a request is signed. */
export interface Signing {
  readonly service: string;
  readonly credentials: Credentials;
  /** When it says that it was signed, as `20260810T030000Z`; now by default. */
  readonly datetime?: string;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Adds a signature, version 4. */
export async function sign(
  { endpoint }: Pick<MiniStack, 'endpoint'>,
  wanted: WantedRequest,
  { service, credentials, datetime }: Signing,
): Promise<WantedRequest> {
  const signed = await new AwsV4Signer({
    url: endpoint + wanted.path,
    method: wanted.method,
    headers: { ...wanted.headers },
    ...(wanted.body !== undefined && { body: wanted.body }),
    ...(datetime !== undefined && { datetime }),
    ...credentials,
    service,
    region: REGION,
  }).sign();
  const added = Object.fromEntries(signed.headers as unknown as Iterable<[string, string]>);
  return { ...wanted, headers: { ...wanted.headers, ...added } };
}

/** Sends a request as it is. */
export function send(
  { endpoint, agent }: Pick<MiniStack, 'endpoint' | 'agent'>,
  wanted: WantedRequest,
): Promise<Reply> {
  const { method, path, headers = {}, body } = wanted;
  return new Promise((resolve, reject) => {
    const request = httpsRequest(endpoint + path, { method, headers, agent }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('error', reject);
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () => {
        resolve({
          status: reply.statusCode ?? 0,
          headers: reply.headers,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
