import { AwsV4Signer } from 'aws4fetch';
import * as z from 'zod';
import { createTransport } from '../../core/atlas/small-transport.ts';
import { withDefaults } from '../../core/atlas/timeouts.ts';
import type { HttpFailure, HttpReply } from '../../core/atlas/transport.ts';
import { machineClock } from './machine-clock.ts';

/** A service of AWS as it is asked in its JSON protocol. */
interface JsonService {
  /** As hosts and signatures name it. */
  readonly name: string;
  /** What stands before an action in `X-Amz-Target`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
}

/** The services that functions ask. The SDK's own clients name targets and versions in their `runtimeConfig.shared`. */
export const AWS = {
  dynamodb: { name: 'dynamodb', target: 'DynamoDB_20120810', version: '1.0' },
  events: { name: 'events', target: 'AWSEvents', version: '1.1' },
  secrets: { name: 'secretsmanager', target: 'secretsmanager', version: '1.1' },
  workflows: { name: 'states', target: 'AWSStepFunctions', version: '1.0' },
} as const satisfies Readonly<Record<string, JsonService>>;

/** A request to AWS before it is signed. */
export interface AwsRequest {
  /** As signatures name it. */
  readonly service: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How often a request is sent: what AWS is too busy for, and what gets no answer, is worth another try. */
const ATTEMPTS = 4;
/** Milliseconds before the second attempt, at most; twice as many before each one after it. */
const FIRST_PAUSE = 50;

/** Refusals that pass: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html and the like. */
const PASSING =
  /^(Throttl\w+|ProvisionedThroughputExceededException|RequestLimitExceeded|TooManyRequestsException|RequestTimeout)$/;

const transport = createTransport(
  withDefaults({ connect: 3_000, headers: 10_000, body: 10_000, exchange: 20_000 }),
);
/** Signing keys, which are good for a day. */
const signingKeys = new Map<string, ArrayBuffer>();

/**
 * Asks a service of AWS for an action. The types of input and output are those of the SDK's commands; what is not JSON in
 * them, such as binary attributes, is not for here.
 *
 * @throws Error named as AWS names it, for example `ConditionalCheckFailedException`, or `NoAnswer`.
 */
export async function askAws<Output>(
  { name, target, version }: JsonService,
  action: string,
  input: object,
): Promise<Output> {
  const reply = await exchangeWithAws({
    service: name,
    method: 'POST',
    url: endpointOf(name),
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${action}` },
    body: JSON.stringify(input),
  });
  if (reply.status >= 300) throw refusalIn(reply);
  return (reply.body === '' ? {} : JSON.parse(reply.body)) as Output;
}

/**
 * Sends a request to AWS, signed with what Lambda puts into the environment. What passes is tried again, so a request may
 * arrive twice.
 *
 * @throws Error named `NoAnswer`, when AWS has not answered.
 */
export async function exchangeWithAws(wanted: AwsRequest): Promise<HttpReply> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await exchangeOnce(wanted, attempt > 1);
    if (attempt === ATTEMPTS || !passes(outcome)) {
      if (outcome.kind === 'reply') return outcome;
      throw named('NoAnswer', `${wanted.service} has not answered: ${outcome.what}.`);
    }
    await machineClock.sleep(Math.random() * FIRST_PAUSE * 2 ** (attempt - 1));
  }
}

/** Where a service is. As the SDKs do, an endpoint that the environment names goes before AWS's own. */
export function endpointOf(service: string, prefix = ''): string {
  const { AWS_ENDPOINT_URL, AWS_REGION = '' } = process.env;
  const own = process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? AWS_ENDPOINT_URL;
  const domain = AWS_REGION.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return own ?? `https://${prefix}${service}.${AWS_REGION}.${domain}`;
}

async function exchangeOnce(wanted: AwsRequest, freshConnection: boolean): Promise<HttpReply | HttpFailure> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = process.env;
  const { method, body } = wanted;
  const signed = await new AwsV4Signer({
    ...wanted,
    headers: { ...wanted.headers },
    region: AWS_REGION ?? '',
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
    cache: signingKeys,
  }).sign();
  // X-Ray follows a job from one service to the next by it.
  const trace = process.env._X_AMZN_TRACE_ID;
  const headers = {
    ...Object.fromEntries(signed.headers as unknown as Iterable<[string, string]>),
    ...(trace !== undefined && { 'x-amzn-trace-id': trace }),
  };
  return transport.exchange({ method, url: signed.url, headers, body, freshConnection });
}

function passes(outcome: HttpReply | HttpFailure): boolean {
  if (outcome.kind === 'failure') return !outcome.tooLarge;
  const { status } = outcome;
  return status >= 500 || status === 429 || (status >= 400 && PASSING.test(refusalIn(outcome).name));
}

const refusalSchema = z.object({ __type: z.string(), message: z.string(), Message: z.string() }).partial();

/** What AWS says of a refusal; nothing where something before the service has answered. */
function toldIn(body: string): z.output<typeof refusalSchema> {
  try {
    return refusalSchema.parse(JSON.parse(body));
  } catch {
    return {};
  }
}

/** The error that AWS answered with. Its type may have a namespace before a hash, and the message either case. */
function refusalIn({ status, body }: HttpReply): Error {
  const { __type = 'UnknownError', message, Message } = toldIn(body);
  return named(__type.replace(/^.*#/, ''), `${message ?? Message ?? 'no message'} (status ${status})`);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
