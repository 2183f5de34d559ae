import { channel } from 'node:diagnostics_channel';
import type { Workflow } from '../../workflows/workflow.ts';

/** A state that an execution entered, as the engine publishes it on {@link STATES}. */
export interface EnteredState {
  /** The same for all states of one execution. */
  readonly execution: object;
  readonly workflow: Workflow;
  readonly name: string;
  /** Whether a Catch led here. */
  readonly caught: boolean;
}

/** What the history of an execution is on AWS: each {@link EnteredState} is published here. */
export const STATES = channel('lifeboat:states');
