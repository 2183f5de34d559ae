import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../../core/tasks/tasks.ts';
import { tokenTask } from '../../local/engine/token-wait.ts';
import {
  parseWorkflow,
  readWorkflow,
  withItems,
  workflowNames,
  type Workflow,
  type WorkflowState,
} from '../../workflows/workflow.ts';

const TYPES = ['Task', 'Choice', 'Wait', 'Succeed', 'Fail'];

const TOKEN = 'arn:aws:states:::lambda:invoke.waitForTaskToken';

const EXECUTION = 'arn:aws:states:::states:startExecution.sync:2';

/** Hands each item over by its id, so many at once, and lets no item end the others. */
function* mapFaults(name: string, state: WorkflowState): Generator<string> {
  const wanted = {
    ItemSelector: { 'jobId.$': '$.jobId', 'drill.$': '$$.Map.Item.Value' },
    MaxConcurrencyPath: '$.concurrency',
    ToleratedFailurePercentage: 100,
    ResultPath: null,
  };
  for (const [key, value] of Object.entries(wanted))
    if (!isDeepStrictEqual(state[key], value)) yield `${name}: another ${key} than that of drills`;
  const config = state.ItemProcessor?.ProcessorConfig;
  if (!isDeepStrictEqual(config, { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }))
    yield `${name}: a Map that is not distributed`;
}

/** Starts the workflow of a drill under the name of its job, and hands on its own state. */
function* executionFaults(name: string, state: WorkflowState): Generator<string> {
  const wanted = {
    Parameters: {
      StateMachineArn: '${RestoreWorkflow}',
      'Name.$': '$.drill',
      Input: { 'jobId.$': '$.drill' },
    },
    ResultPath: null,
  };
  for (const [key, value] of Object.entries(wanted))
    if (!isDeepStrictEqual(state[key], value)) yield `${name}: another ${key} than that of a drill`;
  if (typeof state.TimeoutSeconds !== 'number') yield `${name}: no TimeoutSeconds`;
}

function* taskFaults(name: string, state: WorkflowState): Generator<string> {
  if (typeof state.TimeoutSeconds !== 'number') yield `${name}: no TimeoutSeconds`;
  if (state.Resource !== `\${${name}}`) yield `${name}: resource is not \${${name}}`;
}

/**
 * A state that sleeps until its token is sent back. It hands on the state as it found it, however the sleep ended: what was
 * decided is in the job's record. The embedded engine knows this form and no other.
 */
function* tokenFaults(name: string, state: WorkflowState): Generator<string> {
  const wanted = {
    Parameters: {
      FunctionName: state.Parameters?.FunctionName,
      Payload: { 'jobId.$': '$.jobId', 'taskToken.$': '$$.Task.Token' },
    },
    TimeoutSecondsPath: '$.waitSeconds',
    ResultPath: null,
  };
  if (tokenTask(state) === undefined) yield `${name}: it names no task`;
  for (const [key, value] of Object.entries(wanted))
    if (!isDeepStrictEqual(state[key], value)) yield `${name}: another ${key} than that of a sleep`;
  if ('TimeoutSeconds' in state || 'HeartbeatSeconds' in state) yield `${name}: a fixed limit`;
  const [first] = Array.isArray(state.Catch) ? (state.Catch as readonly unknown[]) : [];
  const over = { ErrorEquals: ['States.Timeout'], ResultPath: null, Next: state.Next };
  if (!isDeepStrictEqual(first, over))
    yield `${name}: the end of the time does not lead on as a decision does`;
}

/** What the engines disagree about, or the embedded one gets wrong: docs/adr/0001. */
function* faultsOf(workflow: Workflow): Generator<string> {
  if ('QueryLanguage' in workflow) yield 'QueryLanguage: only JSONPath';
  for (const [name, state] of Object.entries(workflow.States)) {
    const json = JSON.stringify(state);
    if (state.Type === 'Map' && state.ItemProcessor !== undefined)
      yield* [...mapFaults(name, state), ...faultsOf(state.ItemProcessor)];
    else if (!TYPES.includes(state.Type)) yield `${name}: type ${state.Type}`;
    if (state.Type === 'Task') {
      if (state.Resource === TOKEN) yield* tokenFaults(name, state);
      else if (state.Resource === EXECUTION) yield* executionFaults(name, state);
      else yield* taskFaults(name, state);
    }
    if (state.Type === 'Wait' && typeof state.SecondsPath !== 'string')
      yield `${name}: a Wait without SecondsPath`;
    for (const word of ['Assign', 'QueryLanguage', 'Arguments', 'Output'])
      if (word in state) yield `${name}: ${word}`;
    for (const { Variable, ...choice } of state.Choices ?? [])
      if (Variable !== '$.next' || Object.keys(choice).join() !== 'StringEquals,Next')
        yield `${name}: a choice by something else than $.next`;
    for (const { ResultPath } of state.Catch ?? [])
      if (ResultPath !== null && ResultPath !== '$.caught') yield `${name}: an error kept elsewhere`;
    for (const word of ['InputPath', 'OutputPath', 'ResultSelector', 'HeartbeatSeconds'])
      if (word in state) yield `${name}: ${word}`;
    if (json.includes('"ResultPath":"$"')) yield `${name}: ResultPath "$"`;
    if (json.includes('{%')) yield `${name}: JSONata`;
  }
}

describe.each(workflowNames())('%s.asl.yaml', (file) => {
  const workflow = readWorkflow(file);

  it('stays inside the subset that every engine agrees on', () => {
    expect([...faultsOf(workflow)]).toEqual([]);
  });

  it.each(withItems(workflow).map((one) => [one.StartAt, one] as const))(
    'leads from %s to every state, and nowhere else',
    (_, { States, StartAt }) => {
      const reached = new Set<string>();
      const visit = (name: string): void => {
        if (reached.has(name)) return;
        reached.add(name);
        const own = { ...States[name], ItemProcessor: undefined };
        for (const next of JSON.stringify(own).matchAll(/"(?:Next|Default)":"([^"]+)"/g))
          visit(next[1] ?? '');
      };
      visit(StartAt);
      expect([...reached].sort()).toEqual(Object.keys(States).sort());
    },
  );

  it('names a task for each of its Task states', () => {
    expect(tasksOf(workflow).filter((name) => !(name in TASKS))).toEqual([]);
  });
});

it('the workflows use every task between them', () => {
  const used = workflowNames().flatMap((name) => tasksOf(readWorkflow(name)));
  expect([...new Set(used)].sort()).toEqual(Object.keys(TASKS).sort());
});

/** The tasks that the states of a workflow call. */
function tasksOf(workflow: Workflow): string[] {
  const states = withItems(workflow).flatMap(({ States }) => Object.entries(States));
  return states
    .filter(([, { Type, Resource }]) => Type === 'Task' && Resource !== EXECUTION)
    .map(([name, state]) => tokenTask(state) ?? name);
}

const SLEEP = `Type: Task
    Resource: ${TOKEN}
    Parameters:
      FunctionName: \${AwaitDecision}
      Payload: { jobId.$: $.jobId, taskToken.$: $$.Task.Token }
    TimeoutSecondsPath: $.waitSeconds
    ResultPath: null
    Catch: [{ ErrorEquals: [States.Timeout], ResultPath: null, Next: X }]
    Next: X`;

const MAP = `Type: Map
    ItemsPath: $.drills
    ItemSelector: { jobId.$: $.jobId, drill.$: $$.Map.Item.Value }
    MaxConcurrencyPath: $.concurrency
    ToleratedFailurePercentage: 100
    ResultPath: null
    ItemProcessor:
      ProcessorConfig: { Mode: DISTRIBUTED, ExecutionType: STANDARD }
      StartAt: Y
      States: { Y: { Type: Succeed } }`;

const workflowOf = (state: string) =>
  parseWorkflow(
    `StartAt: X\nStates:\n  X:\n    ${state}\n${state.includes('Next:') ? '' : '    End: true\n'}`,
  );

it('the test of the subset takes the drills of a campaign', () => {
  expect([...faultsOf(workflowOf(MAP))]).toEqual([]);
});

it('the test of the subset takes a sleep', () => {
  expect([...faultsOf(workflowOf(SLEEP))]).toEqual([]);
});

it.each([
  ['a Map', 'Type: Map', 'type Map'],
  ['a Task without a limit', 'Type: Task\n    Resource: ${X}', 'no TimeoutSeconds'],
  ['JSONata', 'Type: Wait\n    QueryLanguage: JSONata', 'QueryLanguage'],
  ['a Pass', 'Type: Pass', 'type Pass'],
  [
    'a choice by another variable',
    'Type: Choice\n    Choices: [{ Variable: $.x, StringEquals: y, Next: X }]',
    'than $.next',
  ],
  [
    'an error kept elsewhere',
    'Type: Wait\n    Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.x, Next: X }]',
    'kept elsewhere',
  ],
  ['a selected input', 'Type: Wait\n    InputPath: $.x', 'InputPath'],
  ['a fixed Wait', 'Type: Wait\n    Seconds: 5', 'SecondsPath'],
  ['a sleep without an end', SLEEP.replace('TimeoutSecondsPath: $.waitSeconds', ''), 'TimeoutSecondsPath'],
  ['a sleep of a fixed length', `${SLEEP}\n    TimeoutSeconds: 60`, 'a fixed limit'],
  ['a sleep that hands its result on', SLEEP.replace('ResultPath: null\n    Catch', 'Catch'), 'ResultPath'],
  ['a sleep that hands data out', SLEEP.replace('jobId.$: $.jobId', 'job.$: $'), 'Parameters'],
  ['a sleep whose end is a failure', SLEEP.replace('States.Timeout', 'States.ALL'), 'the end of the time'],
  ['a Map in one execution', MAP.replace('DISTRIBUTED', 'INLINE'), 'not distributed'],
  ['a Map that ends at the first failure', MAP.replace('100', '0'), 'ToleratedFailurePercentage'],
  ['what is wrong within a Map', MAP.replace('Type: Succeed', 'Type: Parallel'), 'type Parallel'],
  ['another service', 'Type: Task\n    Resource: arn:aws:states:::sns:publish', 'resource is not'],
])('the test of the subset finds %s', (_name, state, fault) => {
  expect([...faultsOf(workflowOf(state))].join()).toContain(fault);
});
