import { JOB_GATE, openRequest } from '../../core/jobs/approvals/open-request.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { ClusterRef } from '../../core/runbooks/cluster.ts';
import type { Stage } from '../../core/runbooks/steps/stages.ts';
import { KIND_BY_USE } from '../../core/steps/kinds.ts';
import type { RunbookStep } from '../../core/runbooks/steps/step-lists.ts';
import type { StepLibrary } from '../../core/steps/protocol/step-kind.ts';
import type { Task, TaskContext } from '../../core/tasks/context.ts';
import { stepTasks } from '../../core/tasks/run-steps.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { twice } from '../faults/deliveries.ts';
import { approve } from '../support/cutovers.ts';
import { practiceStep, practiceSteps, type Script, type StagedSteps } from '../support/practice-steps.ts';
import { openRehearsal, type Rehearsal, type RehearsalOptions } from '../support/rehearsal.ts';

/** A job that takes certain ways through its workflow. */
export interface Scenario {
  readonly text: string;
  readonly options?: RehearsalOptions;
  readonly steps?: StagedSteps;
  /** Steps that play scripts, by name; `steps` says where they stand. */
  readonly scripts?: Readonly<Record<string, Script>>;
  /** Tasks that take the place of those of their names. */
  readonly tasks?: Readonly<Record<string, Task>>;
  /** What somebody approves as soon as it is asked. */
  readonly approved?: 'everything' | 'the job' | undefined;
  /** What tasks are given, where it is not what the rehearsal gives them. */
  readonly context?: (at: Rehearsal) => TaskContext;
  /** Anything else that happens; called once the job's record is there. */
  readonly happens?: (at: Rehearsal, jobId: string) => void | Promise<void>;
}

/** A job that has ended, and where. */
export interface Played {
  readonly job: Job;
  readonly at: Rehearsal;
}

/** Plays a scenario with every task delivered twice, hands its end to the test, and closes what it opened. */
export async function play(scenario: Scenario, expectEnd: (played: Played) => void): Promise<void> {
  const at = await openRehearsal(scenario.options);
  try {
    const { jobId } = await at.start(scenario.text, undefined, scenario.steps);
    if (scenario.approved) approveAsAsked(scenario.approved, at, jobId);
    await scenario.happens?.(at, jobId);
    const context = scenario.context?.(at) ?? at.context;
    const job = await at.run(jobId, { tasks: tasksOf(scenario), context });
    expectEnd({ job, at });
  } finally {
    await at.close();
  }
}

/** A step that waits for one person. */
export function approvalStep(stage: Stage, changes: Partial<RunbookStep> = {}): RunbookStep {
  const settings = { prompt: 'It may go on.', count: 1 };
  return practiceStep(`ask ${stage}`, { use: 'approval', with: settings, ...changes });
}

/** A task whose every delivery fails. */
export const fails: Task = () => Promise.reject(new Error('The task was made to fail.'));

/** What tasks are given while a cluster is UPDATING for so many looks, which count down. */
export function withBusyCluster(
  context: TaskContext,
  { project, cluster }: ClusterRef,
  busy: { looks: number },
): TaskContext {
  const { clusters } = context.atlas;
  const getCluster: typeof clusters.getCluster = async (parameters) => {
    const found = await clusters.getCluster(parameters);
    const isIt = parameters.groupId === project && parameters.clusterName === cluster;
    if (!isIt || busy.looks === 0) return found;
    busy.looks -= 1;
    return { ...found, stateName: 'UPDATING' };
  };
  return { ...context, atlas: { ...context.atlas, clusters: { ...clusters, getCluster } } };
}

/** Approves requests as soon as the timeline tells of them. */
function approveAsAsked(what: NonNullable<Scenario['approved']>, at: Rehearsal, jobId: string): void {
  at.when('approval-wanted', async () => {
    approveAsAsked(what, at, jobId);
    const gate = openRequest(await at.jobs.get(jobId))?.gate;
    if (what === 'everything' || gate === JOB_GATE) await approve(at, jobId);
  });
}

function tasksOf({ scripts = {}, tasks = {} }: Scenario): Readonly<Record<string, Task>> {
  const { library } = practiceSteps(scripts);
  const both: StepLibrary = new Map([...KIND_BY_USE, ...library]);
  const all: Readonly<Record<string, Task>> = { ...TASKS, ...stepTasks(both), ...tasks };
  return Object.fromEntries(Object.entries(all).map(([name, task]) => [name, twice(task)]));
}
