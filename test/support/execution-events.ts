import type { StateMachine } from 'aws-local-stepfunctions';

type Execution = ReturnType<StateMachine['run']>;
type Events = readonly (Execution['eventLogs'] extends AsyncIterable<infer Event> ? Event : never)[];

/**
 * An execution of the library under the embedded engine, and all events that it tells, once it is over. It tells each to one taker
 * alone, and the engine takes them all.
 */
export function overheard(execution: Execution): { execution: Execution; events: Promise<Events> } {
  let tell: (events: Events) => void = () => undefined;
  const events = new Promise<Events>((resolve) => (tell = resolve));
  return { execution: { ...execution, eventLogs: passingOn(execution.eventLogs, tell) }, events };
}

async function* passingOn(
  log: Execution['eventLogs'],
  tell: (events: Events) => void,
): Execution['eventLogs'] {
  const heard = [];
  for await (const event of log) {
    heard.push(event);
    yield event;
  }
  tell(heard);
}
