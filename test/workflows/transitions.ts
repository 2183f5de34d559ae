import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Workflow, WorkflowState } from '../../workflows/workflow.ts';
import { STATES, type EnteredState } from '../../local/engine/states-channel.ts';

/** A way from one state to the next, as `A → B`, or `A, failed → B` where a Catch leads there. */
type Transition = string;

/** What executions of the embedded engine were seen to do. */
export interface Watch {
  /** The transitions that were taken. */
  taken(): ReadonlySet<Transition>;
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
 * Watches the executions that begin from now on, state by state, as the engine tells them.
 *
 * @param ofMachines only those of workflows that have one of these states; all without it.
 */
export function watchTransitions(ofMachines?: readonly string[]): Watch {
  const taken = new Set<Transition>();
  const at = new WeakMap<object, string>();
  const watch = (message: unknown) => {
    const { execution, workflow, name, caught } = message as EnteredState;
    if (ofMachines?.some((one) => one in workflow.States) === false) return;
    taken.add(transition(at.get(execution) ?? BEGINNING, name, caught));
    at.set(execution, name);
  };
  subscribe(STATES.name, watch);
  return {
    taken: () => taken,
    stop() {
      unsubscribe(STATES.name, watch);
    },
  };
}

function transition(from: string, to: string, caught: boolean): Transition {
  return `${from}${caught ? ', failed' : ''} → ${to}`;
}

function goesTo({ Next, Default, Choices = [] }: WorkflowState): string[] {
  return [...Choices.map((choice) => choice.Next), Default, Next].filter((next) => next !== undefined);
}

function failsTo({ Catch = [] }: WorkflowState): string[] {
  return Catch.map(({ Next }) => Next);
}
