import { jobName } from '../core/jobs/simulated.ts';
import { isoTime } from '../core/clock.ts';
import { workflowOf, type Job } from '../core/jobs/job.ts';
import { isFinal } from '../core/jobs/status.ts';
import type { JobStore } from '../core/jobs/store.ts';
import type { TimelineEvent } from '../core/jobs/timeline.ts';
import type { AtlasClient } from '../core/atlas/client.ts';
import type { ReportStore, Task } from '../core/tasks/context.ts';
import type { Outbound } from '../core/outbound.ts';
import type { Policy } from '../core/policy/policy.ts';
import { TASKS } from '../core/tasks/tasks.ts';
import { createEngine, type Engine, type Outcome, type Tasks } from './engine/engine.ts';
import { readWorkflow } from '../workflows/workflow.ts';
import { claimJob } from './running-jobs.ts';
import type { PacedClock } from './scaled-clock.ts';

/** What a job runs with on this machine. */
export interface RunSettings {
  readonly home: string;
  readonly clock: PacedClock;
  readonly jobs: JobStore;
  readonly atlas: AtlasClient;
  readonly reports: ReportStore;
  readonly outbound: Outbound;
  readonly policy: Policy;
  /** Asks to stop; the job stays resumable. */
  readonly signal: AbortSignal;
  /** Called with each event of the job's timeline that is written here, once. */
  readonly onEvent?: (event: TimelineEvent) => void;
  /** Called with what a task threw, stack and all; the job's record holds only what a person needs. */
  readonly onTaskError?: (error: unknown) => void;
}

/**
 * Runs a job's workflow in this process until it ends or is interrupted, and gives the job as it then stands.
 *
 * @throws JobRunningError when another live process runs it.
 */
export async function runJob(jobId: string, settings: RunSettings): Promise<{ job: Job; outcome: Outcome }> {
  const begun = await settings.jobs.get(jobId);
  const claim = await claimJob(settings.home, jobId, jobName(begun));
  try {
    const jobs = await listening(settings.jobs, jobId, settings.onEvent);
    const engine = engineFor(begun.kind, settings);
    const { clock, atlas, outbound, policy, reports, signal } = settings;
    const outcome = await engine.run(jobId, { clock, atlas, outbound, policy, jobs, reports }, clock, signal);
    if (outcome === 'interrupted' && !isFinal((await jobs.get(jobId)).status)) {
      await jobs.append(jobId, {
        at: isoTime(clock.now()),
        type: 'interrupted',
        message: 'The process that ran the job was asked to stop. The job can be resumed.',
      });
    }
    return { job: await jobs.get(jobId), outcome };
  } finally {
    await claim.release();
  }
}

type WorkflowName = ReturnType<typeof workflowOf>;

/** The engines that were made: a process may run a thousand jobs of one kind at once. */
const engines = new Map<WorkflowName, Engine>();

/** An engine for jobs of a kind; that of a campaign runs its drills, too. */
function engineFor(kind: Job['kind'], settings: EngineSettings): Engine {
  const { home, onTaskError } = settings;
  const name = workflowOf(kind);
  const make = (drills?: Engine) => createEngine(readWorkflow(name), telling(onTaskError), drills);
  if (kind === 'campaign') return make(claiming(engineFor('drill', settings), home));
  if (onTaskError !== undefined) return make();
  const engine = engines.get(name) ?? make();
  engines.set(name, engine);
  return engine;
}

type EngineSettings = Pick<RunSettings, 'home' | 'onTaskError'>;

/** The same engine, which claims each job while it runs it. */
function claiming(engine: Engine, home: string): Engine {
  return {
    async run(jobId, ...ground) {
      const claim = await claimJob(home, jobId);
      try {
        return await engine.run(jobId, ...ground);
      } finally {
        await claim.release();
      }
    },
  };
}

/** The tasks, telling of what they throw. */
function telling(onTaskError: RunSettings['onTaskError']): Tasks {
  if (onTaskError === undefined) return TASKS;
  const told =
    (task: Task): Task =>
    async (input, context) => {
      try {
        return await task(input, context);
      } catch (error) {
        onTaskError(error instanceof Error ? error.cause : error);
        throw error;
      }
    };
  return Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, told(task)]));
}

/** The store, telling of each event it appends. A milestone that is there already is given back, and no news. */
async function listening(jobs: JobStore, jobId: string, onEvent: RunSettings['onEvent']): Promise<JobStore> {
  if (onEvent === undefined) return jobs;
  const known = new Set((await jobs.timeline(jobId)).map(({ sequence }) => sequence));
  return {
    ...jobs,
    async append(id, event) {
      const written = await jobs.append(id, event);
      // Not of the drills of a campaign, which have timelines of their own.
      if (id !== jobId || known.has(written.sequence)) return written;
      onEvent(written);
      known.add(written.sequence);
      return written;
    },
  };
}
