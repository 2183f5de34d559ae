import { askWithJson } from './aws-calls.ts';
import type { MiniStack } from './ministack.ts';

interface LogGroups {
  readonly logGroups: readonly { readonly logGroupName: string }[];
}

interface LogEvents {
  readonly events: readonly { readonly message: string }[];
}

/** A message in the log of a function. */
export interface LogLine {
  /** The log group, which is named after the construct of the function. */
  readonly group: string;
  readonly text: string;
}

/** Everything that the functions have written to their logs. */
export async function functionLogs(ministack: MiniStack): Promise<LogLine[]> {
  const { logGroups } = (await askWithJson(ministack, 'logs', 'DescribeLogGroups', {})) as LogGroups;
  const lines: LogLine[] = [];
  for (const { logGroupName } of logGroups) {
    const { events } = (await askWithJson(ministack, 'logs', 'FilterLogEvents', {
      logGroupName,
      limit: 10_000,
    })) as LogEvents;
    lines.push(...events.map(({ message }) => ({ group: logGroupName, text: message })));
  }
  return lines;
}
