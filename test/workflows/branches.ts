import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import type { workflowOf } from '../../core/jobs/job.ts';
import type { Stage } from '../../core/runbooks/steps/stages.ts';
import type { Task } from '../../core/tasks/context.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { readWorkflow, type Workflow } from '../../workflows/workflow.ts';
import { done, later, practiceStep } from '../support/practice-steps.ts';
import type { Rehearsal } from '../support/rehearsal.ts';
import { approvalStep, fails, play, type Scenario } from './scenario.ts';
import { transitionsOf, watchTransitions, type Watch } from './transitions.ts';

type Scenarios = Readonly<Record<string, Scenario>>;

/** A workflow, and what it takes to go all its ways. */
export interface Branches {
  readonly workflow: ReturnType<typeof workflowOf>;
  /** A job that succeeds, with other parts of its runbook where they are given. Values are YAML. */
  readonly scenario: (parts?: Record<string, string>) => Scenario;
  /** The lists of steps that run in a job that succeeds. */
  readonly stages: readonly Stage[];
  /** The first task after OpenJob. */
  readonly first: keyof typeof TASKS;
  /** A change in Atlas that a job makes exactly once to succeed, and never twice. */
  readonly once: string;
  /** Scenarios that end well, beside those that every workflow has; each continues "although …". */
  readonly succeed: Scenarios;
  /** Scenarios that do not; each continues "because …". */
  readonly endEarly: Scenarios;
}

/**
 * Tests that play the scenarios with every task delivered twice, and the one that counts the branches of the workflow's file.
 */
export function testBranches(branches: Branches): void {
  const workflow = readWorkflow(branches.workflow);
  let watch: Watch;
  beforeAll(() => {
    watch = watchTransitions();
  });
  afterAll(() => {
    watch.stop();
  });

  describe('a job succeeds', () => {
    const all = { ...successes(branches), ...branches.succeed };
    it.each(Object.entries(all))('although %s', async (_name, scenario) => {
      await play(scenario, ({ job, at }) => {
        expect(job.failure).toBeUndefined();
        expect(job.status).toBe('SUCCEEDED');
        expect(timesIn(at, branches.once)).toBe(1);
      });
    });
  });

  describe('a job ends early, with a report', () => {
    const all = { ...failures(workflow, branches), ...branches.endEarly };
    it.each(Object.entries(all))('because %s', async (_name, scenario) => {
      await play(scenario, ({ job, at }) => {
        expect(job.failure).toBeDefined();
        expect(['FAILED', 'CANCELLED']).toContain(job.status);
        expect(at.reports.at(-1)).toMatchObject({ jobId: job.jobId, status: job.status });
        expect(timesIn(at, branches.once)).toBeLessThanOrEqual(1);
      });
    });
  });

  describe('a job that has failed in another process goes no further', () => {
    it.each(beforeCleanUp(workflow))('than to %s', async (name) => {
      const elsewhere = failsElsewhere(branches, name);
      await play(elsewhere.scenario, ({ job, at }) => {
        expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'TimeLimitError' } });
        expect(timesIn(at, branches.once)).toBe(elsewhere.asked());
      });
    });
  });

  describe(`${branches.workflow}.asl.yaml`, () => {
    it('has branches that can be told apart', () => {
      const all = transitionsOf(workflow);
      expect(new Set(all).size).toBe(all.length);
    });

    it('is taken through every branch by these scenarios', () => {
      const taken = watch.taken();
      expect(transitionsOf(workflow).filter((one) => !taken.has(one))).toEqual([]);
    });
  });
}

function timesIn({ simulator }: Rehearsal, operation: string): number {
  return simulator.changes().filter((change) => change.operation === operation).length;
}

/** A step that only warns, and asks longer than a sleep is in one piece. */
export const UNANSWERED = { onFailure: 'warn', timeout: 7200 } as const;

function successes({ scenario, stages }: Branches): Scenarios {
  const notify = '[{ webhook: { url: "https://ops.example.com/jobs" }, on: [succeeded] }]';
  return {
    'every list of steps has one that is waited for, one that asks people, and so a next one': {
      ...scenario({ approval: '{}' }),
      ...stepsThatWait(stages),
      approved: 'everything',
    },
    ...Object.fromEntries(
      stages
        .filter((stage) => MAY_BE_EMPTY.includes(stage))
        .map((stage) => [`no other list than ${stage} has a step`, { ...scenario(), ...aStepIn([stage]) }]),
    ),
    'its lists between verify and cleanup are empty': {
      ...scenario(),
      ...aStepIn(['verify', 'cleanup']),
    },
    'nobody answers the steps that ask, which only warn': {
      ...scenario(),
      steps: stepsIn(stages, (stage) => [approvalStep(stage, UNANSWERED)]),
    },
    'whoever is to be told cannot be reached for a while': {
      ...scenario({ notify }),
      // Nothing else is posted.
      steps: stepsIn(stages, () => []),
      options: { ...scenario().options, faults: [{ operation: 'inbox', status: 503, count: 3 }] },
    },
    'it is run again after it has ended': {
      ...scenario(),
      happens: async (at, jobId) => {
        await at.run(jobId);
      },
    },
    'its messages and its report cannot be written': {
      ...scenario(),
      tasks: { SendNotices: fails, WriteReport: fails },
    },
  };
}

function failures(workflow: Workflow, branches: Branches): Scenarios {
  const { scenario, stages } = branches;
  const approval = '{ within: 2h }';
  return {
    'nobody approves it': { ...scenario({ approval }), approved: undefined },
    'it fails at once, and has something to clean up': {
      ...scenario(),
      ...aStepIn(['cleanup']),
      tasks: { [branches.first]: fails },
    },
    'the sleep until it is approved fails': {
      ...scenario({ approval }),
      approved: undefined,
      tasks: { AwaitDecision: fails },
    },
    'it is resumed after it had failed': {
      ...scenario(),
      happens: async ({ jobs }, jobId) => {
        const job = await jobs.get(jobId);
        const failure = { name: 'TimeLimitError', message: 'It failed.', at: job.createdAt };
        await jobs.save({ ...job, status: 'RUNNING', failure });
      },
    },
    ...Object.fromEntries(
      stages.map((stage) => [`the sleep of ${stage} fails`, sleepFails(scenario(), stage)]),
    ),
    ...failingTasks(workflow, branches),
  };
}

/** A scenario with a step that asks people, during whose sleep the workflow fails. */
export function sleepFails(scenario: Scenario, stage: Stage): Scenario {
  const AwaitDecision: Task = async (input, context) => {
    const gate = openRequest(await context.jobs.get(input.jobId))?.gate;
    return (gate?.startsWith(`${stage}/`) ? fails : TASKS.AwaitDecision)(input, context);
  };
  return {
    ...scenario,
    steps: { ...scenario.steps, [stage]: [approvalStep(stage)] },
    tasks: { ...scenario.tasks, AwaitDecision },
  };
}

/**
 * In each of the lists a check that is not done at once, nor when it is delivered again, one that is, and a person to be
 * asked.
 */
export function stepsThatWait(stages: readonly Stage[]): Pick<Scenario, 'steps' | 'scripts'> {
  return {
    steps: stepsIn(stages, (stage) => [
      practiceStep(`wait ${stage}`),
      practiceStep(`look ${stage}`),
      approvalStep(stage),
    ]),
    scripts: Object.fromEntries(
      stages.flatMap((stage) => [
        [`wait ${stage}`, { look: [later(30), later(30), done()] }],
        [`look ${stage}`, { look: [done()] }],
      ]),
    ),
  };
}

/** Lists that a runbook may leave empty. */
const MAY_BE_EMPTY: readonly Stage[] = ['ready', 'before', 'verify', 'after', 'cleanup'];

/** In each of the lists a check that is done at once: a list without steps costs no state. */
function aStepIn(stages: readonly Stage[]): Pick<Scenario, 'steps' | 'scripts'> {
  return {
    steps: stepsIn(stages, (stage) => [practiceStep(`check ${stage}`)]),
    scripts: Object.fromEntries(stages.map((stage) => [`check ${stage}`, { look: [done()] }])),
  };
}

/** The job, with a step in each list that may be empty. */
function withSteps(scenario: Scenario, stages: readonly Stage[]): Scenario {
  return { ...scenario, ...aStepIn(stages.filter((stage) => MAY_BE_EMPTY.includes(stage))) };
}

/** The same in each of the lists. */
export function stepsIn(
  stages: readonly Stage[],
  steps: (stage: Stage) => ReturnType<typeof approvalStep>[],
): NonNullable<Scenario['steps']> {
  return Object.fromEntries(stages.map((stage) => [stage, steps(stage)]));
}

/** Tasks whose failure does not fail the job, and the one whose failure leaves it open. */
const AT_THE_END = ['CloseJob', 'SendNotices', 'WriteReport'];

/** Tasks that only a job that has failed comes to. */
const AFTER_A_FAILURE = ['CleanUp', 'RunResumeSteps'];

/** A scenario for each task of the workflow. */
function failingTasks({ States }: Workflow, { scenario, first, stages }: Branches): Scenarios {
  const names = Object.keys(States).filter((name) => name in TASKS && !AT_THE_END.includes(name));
  return Object.fromEntries(
    names.map((name) => {
      const tasks = { [name]: fails, ...(AFTER_A_FAILURE.includes(name) && { [first]: fails }) };
      return [`${name} fails`, { ...withSteps(scenario(), stages), tasks }];
    }),
  );
}

/** Tasks whose failure leads to cleaning up, beside the one that a job which has failed is resumed with. */
function beforeCleanUp({ States }: Workflow): (keyof typeof TASKS)[] {
  const caught = z.looseObject({ Catch: z.array(z.looseObject({ Next: z.string() })) });
  return Object.entries(States)
    .filter(([, state]) => caught.safeParse(state).data?.Catch.some(({ Next }) => Next === 'CleanUp'))
    .map(([name]) => name)
    .filter((name): name is keyof typeof TASKS => name in TASKS && name !== 'OpenJob');
}

/** A scenario in which a second process gives the job up just before a task of the first, and what Atlas was asked for by then. */
function failsElsewhere({ scenario, once, stages }: Branches, name: keyof typeof TASKS) {
  let at: Rehearsal;
  let asked: number | undefined;
  const cause = { name: 'TimeLimitError', message: 'It failed.' };
  const caught = { Error: cause.name, Cause: JSON.stringify(cause) };
  const task: Task = async (input, context) => {
    if (asked === undefined) {
      await TASKS.CleanUp({ ...input, caught }, context);
      asked = timesIn(at, once);
    }
    return TASKS[name](input, context);
  };
  const happens = (rehearsal: Rehearsal) => {
    at = rehearsal;
  };
  return {
    scenario: { ...withSteps(scenario(), stages), tasks: { [name]: task }, happens },
    asked: () => asked,
  };
}
