import type { Transition } from './define-task.ts';

/** What is known of what a job that stops has changed. */
export interface Settled {
  /** Where the workflow goes: on, or back to the clean-up after a wait. */
  readonly way: Transition;
  /** What was changed, as a sentence; absent while that is not known. */
  readonly changed?: string;
  /** What was changed is the worst that may be so. */
  readonly unsure?: true;
  /** What to do next, as a sentence, should the job have been cancelled; absent where what the failure says still fits. */
  readonly next?: string;
}
