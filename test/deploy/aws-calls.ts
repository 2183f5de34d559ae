import { ROOT_USER } from './cdk.ts';
import type { MiniStack } from './ministack.ts';
import { send, sign } from './signed-request.ts';

/** Asks a service of MiniStack that takes forms, as its root user, and gives the XML that it answers. */
export async function askWithForm(
  ministack: MiniStack,
  service: 'iam' | 'monitoring' | 'sns' | 'sts',
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const version = { iam: '2010-05-08', monitoring: '2010-08-01', sns: '2010-03-31', sts: '2011-06-15' }[
    service
  ];
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ Version: version, ...parameters }).toString();
  return ask(ministack, service, headers, body, parameters.Action ?? '');
}

/** Asks a service of MiniStack that takes JSON, as its root user. */
export async function askWithJson(
  ministack: MiniStack,
  service: 'logs' | 'sqs',
  action: string,
  parameters: object,
): Promise<unknown> {
  const [target, version] = { logs: ['Logs_20140328', '1.1'], sqs: ['AmazonSQS', '1.0'] }[service];
  const headers = {
    'content-type': `application/x-amz-json-${version}`,
    'x-amz-target': `${target}.${action}`,
  };
  return JSON.parse(await ask(ministack, service, headers, JSON.stringify(parameters), action));
}

async function ask(
  ministack: MiniStack,
  service: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  what: string,
): Promise<string> {
  const wanted = { method: 'POST', path: '/', headers, body };
  const reply = await send(ministack, await sign(ministack, wanted, { service, credentials: ROOT_USER }));
  if (reply.status !== 200) throw new Error(`${what} was answered with ${reply.status}: ${reply.text}`);
  return reply.text;
}
