import { jobName } from '../jobs/simulated.ts';
import { isoTime } from '../clock.ts';
import {
  isCampaignJob,
  isCutoverJob,
  isPipelineJob,
  isRestoreJob,
  type CampaignJob,
  type CutoverJob,
  type Job,
  type PipelineJob,
  type RestoreJob,
} from '../jobs/job.ts';
import { isPastApproval } from '../jobs/approvals/needed.ts';
import { channelsOf } from '../jobs/channels.ts';
import { isUnderWay } from '../jobs/course.ts';
import { JobClosedError } from '../jobs/errors.ts';
import { update } from '../jobs/update.ts';
import { isWaitedForWithoutWrites, writeStopLeft } from '../jobs/write-stop.ts';
import { leaseName } from '../jobs/lease-name.ts';
import { isFinal } from '../jobs/status.ts';
import { risksOf } from '../notify/risks.ts';
import { tellDue } from '../notify/tell.ts';
import { LONGEST_WAIT_SECONDS } from '../polling/next-look.ts';
import { refuseByPolicy } from '../policy/refusals.ts';
import { stricter } from '../policy/policy.ts';
import type { Task, TaskContext, TaskInput, TaskOutput } from './context.ts';
import { TaskError } from './errors.ts';
import { stopIfCancelled, stopIfFailed, stopIfGuardsLate, stopIfLate } from './stopping.ts';
import { takeLease } from './take-lease.ts';

/** Three of the longest waits: a job that is alive renews its lease long before it lapses. */
const LEASE_SECONDS = 3 * LONGEST_WAIT_SECONDS;

/** Where the workflow goes next, and after how many seconds. */
export type Transition = Pick<TaskOutput, 'next' | 'drills' | 'concurrency'> & {
  readonly waitSeconds?: number;
};

/** What a task does with the job as it stands. */
export type Work<Kind extends Job = Job> = (
  job: Kind,
  context: TaskContext,
  input: TaskInput,
) => Promise<Transition>;

/** The way on. */
export const GO: Transition = { next: 'go' };

/** The way back at once. */
export const AGAIN: Transition = { next: 'again' };

/** The way back after a wait of whole seconds. */
export function wait(waitSeconds: number): Transition {
  return { next: 'wait', waitSeconds };
}

/** The way back as soon as people have decided, or after whole seconds at the latest. */
export function ask(waitSeconds: number): Transition {
  return { next: 'ask', waitSeconds };
}

/**
 * A task that moves a running job on. Before its work it looks whether the job has ended or failed, was cancelled or is over
 * its time, and renews the lease on the target.
 */
export function advancingTask(work: Work): Task {
  return openingTask(async (job, context, input) => {
    stopIfFailed(job);
    return work(job, context, input);
  });
}

/** A task like {@link advancingTask}, for a job that may have failed before. */
export function openingTask(work: Work): Task {
  return anyTask(async (job, context, input) => {
    if (isFinal(job.status)) return { next: 'done' };
    stopIfCancelled(job);
    // What Atlas finished while the process was dead is not to be given up unseen.
    if (!isUnderWay(job)) stopIfLate(job, context);
    stopIfGuardsLate(job, context);
    // Only what has not been asked of Atlas can still be refused.
    if (!isPastApproval(job)) refuseByPolicy(job);
    await renewLease(job, context);
    return work(job, context, input);
  });
}

/**
 * A task that runs whatever state the job is in. After its work it tells people what they should know by now, which neither
 * fails the task nor changes its way.
 */
export function anyTask(work: Work): Task {
  return quietTask(async (job, context, input) => {
    const way = await work(job, context, input);
    if (channelsOf(job).length === 0) return way;
    // A question is what the job waits for anyway.
    if (way.next !== 'ask' && mustHurry(job, isoTime(context.clock.now()))) return way;
    const seconds = await tellDue(job.jobId, context);
    // Nobody answers a question that did not reach them: the sleep until they do is cut short to send it again.
    if (way.next !== 'ask' || seconds === undefined) return way;
    return ask(Math.min(way.waitSeconds ?? 0, seconds));
  });
}

/** Seconds that telling takes at most when receivers are slow to answer. */
const TELLING_SECONDS = 20;

/**
 * Whether a receiver that is slow to answer would lengthen the write stop. People are told all the same that it is about to be
 * missed, while there is time for that.
 */
function mustHurry(job: Job, now: string): boolean {
  if (!isCutoverJob(job) || !isWaitedForWithoutWrites(job)) return false;
  return risksOf(job, now).length === 0 || writeStopLeft(job, now) <= TELLING_SECONDS;
}

/**
 * A task like {@link anyTask} that tells nobody. When somebody else, such as a person who decides, has written the job between
 * the read and a write, the task is begun anew from what is written now: tasks are safe to run twice.
 */
export function quietTask(work: Work): Task {
  return async (input, context) => {
    try {
      return await update(() => deliver(work, input, context));
    } catch (error) {
      // Another process has closed the job: what was done here is recorded no more, and nothing is left to do.
      if (error instanceof JobClosedError) return outputOf(input, { next: 'done' });
      throw new TaskError(error);
    }
  };
}

async function deliver(work: Work, input: TaskInput, context: TaskContext): Promise<TaskOutput> {
  const job = await underPolicy(await context.jobs.get(input.jobId), context);
  const way = await work(job, context, input);
  // People take longer than Atlas does, and the target is to be this job's all the while.
  if (way.next === 'ask') await renewLease(job, context, way.waitSeconds);
  return outputOf(input, way);
}

function outputOf(input: TaskInput, { next, waitSeconds = 0, ...lists }: Transition): TaskOutput {
  // What the task of a drill is about goes through it, to the next one.
  const drill = input.drill === undefined ? {} : { drill: input.drill };
  return { jobId: input.jobId, ...drill, next, waitSeconds, ...lists };
}

/**
 * The job with what both its own policy and that of this process require. A job may have been started where nothing was
 * required, or less; what is added is written down once.
 */
async function underPolicy(job: Job, context: TaskContext): Promise<Job> {
  const { hash } = context.policy;
  if (hash === undefined || hash === job.policy.hash || isFinal(job.status)) return job;
  // First, because a job that has the policy already is not looked at again.
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'policy-applied',
    once: `policy-applied-${hash}`,
    message: `The policy of this installation (${hash.slice(0, 12)}) is not the one that the job was started under: the job obeys both.`,
    data: { policy: hash, before: job.policy.hash ?? null },
  });
  return saveJob<Job>(job, { policy: stricter(job.policy, context.policy) }, context);
}

/**
 * Takes the lease on the job's target, or renews it; a download has no target and needs none.
 *
 * @param beyond seconds that it is needed for longer than usual.
 */
export async function renewLease(job: Job, context: TaskContext, beyond = 0): Promise<void> {
  const target = leaseName(job);
  if (target === undefined) return;
  const now = context.clock.now();
  const lease = {
    target,
    owner: job.jobId,
    expiresAt: isoTime(now + (LEASE_SECONDS + beyond) * 1000),
  };
  await takeLease(lease, isoTime(now), context);
}

/** The job written with `changes`, stamped with the time. */
export function saveJob<Kind extends Job>(
  job: Kind,
  changes: Partial<Kind>,
  context: TaskContext,
): Promise<Kind> {
  return context.jobs.save({ ...job, ...changes, updatedAt: isoTime(context.clock.now()) });
}

/** Work on jobs of one kind: the workflow of that kind alone calls it. */
export function forRestores(work: Work<RestoreJob>): Work {
  return ofKind(isRestoreJob, work);
}

/** Like {@link forRestores}. */
export function forCutovers(work: Work<CutoverJob>): Work {
  return ofKind(isCutoverJob, work);
}

/** Like {@link forRestores}. */
export function forPipelines(work: Work<PipelineJob>): Work {
  return ofKind(isPipelineJob, work);
}

/** Like {@link forRestores}. */
export function forCampaigns(work: Work<CampaignJob>): Work {
  return ofKind(isCampaignJob, work);
}

function ofKind<Kind extends Job>(is: (job: Job) => job is Kind, work: Work<Kind>): Work {
  return async (job, context, input) => {
    if (!is(job)) throw new TypeError(`Job ${jobName(job)} is a ${job.kind}, which this task is not for.`);
    return work(job, context, input);
  };
}
