import { ROOT_USER } from './cdk.ts';
import type { MiniStack } from './ministack.ts';
import { send, sign } from './signed-request.ts';

interface LogGroups {
  readonly logGroups: readonly { readonly logGroupName: string }[];
}

interface LogEvents {
  readonly events: readonly { readonly message: string }[];
}

/** Everything that the functions have written to their logs, one message each. */
export async function functionLogs(ministack: MiniStack): Promise<string[]> {
  const { logGroups } = (await logs(ministack, 'DescribeLogGroups', {})) as LogGroups;
  const messages: string[] = [];
  for (const { logGroupName } of logGroups) {
    const { events } = (await logs(ministack, 'FilterLogEvents', {
      logGroupName,
      limit: 10_000,
    })) as LogEvents;
    messages.push(...events.map(({ message }) => message));
  }
  return messages;
}

async function logs(ministack: MiniStack, action: string, parameters: object): Promise<unknown> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${action}` };
  const wanted = { method: 'POST', path: '/', headers, body: JSON.stringify(parameters) };
  const reply = await send(
    ministack,
    await sign(ministack, wanted, { service: 'logs', credentials: ROOT_USER }),
  );
  if (reply.status !== 200) throw new Error(`${action} was answered with ${reply.status}: ${reply.text}`);
  return JSON.parse(reply.text);
}
