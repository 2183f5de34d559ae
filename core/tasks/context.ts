import type { AtlasClient } from '../atlas/client.ts';
import type { Clock } from '../clock.ts';
import type { JobStore } from '../jobs/store.ts';
import type { Outbound } from '../outbound.ts';
import type { Policy } from '../policy/policy.ts';
import type { Report } from '../report/report.ts';

/** Where reports are kept. */
export interface ReportStore {
  /**
   * Keeps a job's report, replacing an earlier one, and gives the place: a path or a URL.
   *
   * @throws ReportUnwritableError
   */
  put(report: Report): Promise<string>;
  /** The place of a job's report, which may not be there yet. */
  place(jobId: string): string;
}

/** Everything a task may reach. */
export interface TaskContext {
  readonly clock: Clock;
  readonly atlas: AtlasClient;
  readonly jobs: JobStore;
  readonly reports: ReportStore;
  readonly outbound: Outbound;
  /** What this installation requires; a job obeys it and the policy that it was started under. */
  readonly policy: Policy;
}

/**
 * What the workflow hands a task, and the task hands back. The workflow carries the job's id and the next wait and
 * nothing else, so execution histories hold no data and no secret.
 */
export interface TaskInput {
  readonly jobId: string;
  /** Set by `Catch`: the error's name and cause as Step Functions gives them. */
  readonly caught?: { readonly Error: string; readonly Cause: string };
  /** Given to the tasks of a drill of a campaign: the id of the job that it is, or is going to be. */
  readonly drill?: string;
  /** Given to AwaitDecision alone: whoever has it can end the sleep of that state before its time is over. */
  readonly taskToken?: string;
}

/** A state that runs the steps of a list which may be empty: a task names it as the next one where the list has steps. */
export type StepsState =
  'RunReadySteps' | 'RunBeforeSteps' | 'RunVerifySteps' | 'RunAfterSteps' | 'RunCleanupSteps';

/**
 * `next` chooses the way in the workflow's Choice states: `again` comes back at once, `wait` after `waitSeconds`, which
 * is a whole number, and `ask` after them or as soon as people have decided. The name of a state leads to that state.
 */
export interface TaskOutput {
  readonly jobId: string;
  readonly next: 'go' | 'again' | 'wait' | 'ask' | 'done' | 'failed' | StepsState;
  readonly waitSeconds: number;
  /** As it was given. */
  readonly drill?: string;
  /** Of a campaign: the ids of its drills, and how many may run at once. */
  readonly drills?: readonly string[];
  readonly concurrency?: number;
}

/** One state of a workflow. Safe to run twice, also at the same time. */
export type Task = (input: TaskInput, context: TaskContext) => Promise<TaskOutput>;
