import type { Way } from './define-task.ts';

/** What is known of what a job that stops has changed. */
export interface Settled {
  /** Where the workflow goes: on, or back to the clean-up after a wait. */
  readonly way: Way;
  /** What was changed, as a sentence; absent while that is not known. */
  readonly changed?: string;
}
