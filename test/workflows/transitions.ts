import { StateMachine } from 'aws-local-stepfunctions';
import { vi } from 'vitest';
import { z } from 'zod';
import type { Workflow, WorkflowState } from '../../local/engine/workflow-file.ts';
import { overheard } from '../support/execution-events.ts';

/** A way from one state to the next, as `A → B`, or `A, failed → B` where a Catch leads there. */
type Transition = string;

/** What executions of the embedded engine were seen to do. */
export interface Watch {
  /** The transitions that were taken. Every execution must have ended. */
  taken(): Promise<ReadonlySet<Transition>>;
  stop(): void;
}

const BEGINNING = 'The beginning';

/** The transitions that a workflow file has, one for each Next, Default, choice and Catch. */
export function transitionsOf({ StartAt, States }: Workflow): Transition[] {
  const all = Object.entries(States).flatMap(([name, state]) => [
    ...goesTo(state).map((next) => transition(name, next, false)),
    ...failsTo(state).map((next) => transition(name, next, true)),
  ]);
  return [transition(BEGINNING, StartAt, false), ...all];
}

/**
 * Watches the executions that begin from now on, state by state, as the engine itself logs them.
 *
 * @param ofMachines only those of machines that have one of these states; all without it.
 */
export function watchTransitions(ofMachines?: readonly string[]): Watch {
  const plain = Reflect.get<StateMachine, 'run'>(StateMachine.prototype, 'run');
  const watched: ReturnType<typeof overheard>[] = [];
  const spy = vi.spyOn(StateMachine.prototype, 'run').mockImplementation(function (
    this: StateMachine,
    ...args
  ) {
    const execution = plain.apply(this, args);
    const states = statesOf(this);
    if (ofMachines?.some((name) => name in states) === false) return execution;
    const heard = overheard(execution);
    watched.push(heard);
    return heard.execution;
  });
  return {
    async taken() {
      const taken = new Set<Transition>();
      for (const { events } of watched) follow(await events, taken);
      return taken;
    },
    stop() {
      spy.mockRestore();
    },
  };
}

/** The states of a machine, which keeps its definition to itself. */
function statesOf(machine: unknown): object {
  return z.object({ definition: z.object({ States: z.looseObject({}) }) }).parse(machine).definition.States;
}

function follow(events: Awaited<ReturnType<typeof overheard>['events']>, taken: Set<Transition>): void {
  let state = BEGINNING;
  let caught = false;
  for (const event of events) {
    if (event.type === 'StateCaught') caught = true;
    if (event.type !== 'StateEntered') continue;
    taken.add(transition(state, event.state.name, caught));
    state = event.state.name;
    caught = false;
  }
}

function transition(from: string, to: string, caught: boolean): Transition {
  return `${from}${caught ? ', failed' : ''} → ${to}`;
}

const nexts = z.array(z.looseObject({ Next: z.string() })).default([]);
const waysSchema = z.looseObject({
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: nexts,
  Catch: nexts,
});

function goesTo(state: WorkflowState): string[] {
  const { Next, Default, Choices } = waysSchema.parse(state);
  return [...Choices.map((choice) => choice.Next), Default, Next].filter((next) => next !== undefined);
}

function failsTo(state: WorkflowState): string[] {
  return waysSchema.parse(state).Catch.map(({ Next }) => Next);
}
