import { isoTime } from '../clock.ts';
import { recordCancel } from '../commands/cancel-job.ts';
import { wasSkipped } from '../commands/skip-run.ts';
import { recordBreakGlass } from '../commands/start-job.ts';
import { endEvent } from '../jobs/end-event.ts';
import { JobClosedError, LeaseHeldError } from '../jobs/errors.ts';
import { STAGES } from '../runbooks/steps/stages.ts';
import { judgeObjectives, type Objectives } from '../runbooks/objectives.ts';
import {
  isCutoverJob,
  isRestoreJob,
  type Job,
  type JobFailure,
  type ObjectiveResult,
  type RestoreJob,
  type Verdict,
} from '../jobs/job.ts';
import { leaseName } from '../jobs/lease-name.ts';
import { endAll } from '../jobs/phases.ts';
import { snapshotSeconds } from '../jobs/snapshot-seconds.ts';
import { stepsAtEnd } from '../jobs/steps.ts';
import { isFinal, transition, type JobStatus } from '../jobs/status.ts';
import type { TaskContext, TaskInput } from './context.ts';
import { noteWritesLeft } from './cutover/note-writes.ts';
import { anyTask, GO, saveJob } from './define-task.ts';
import { failureOfJob, isCancel } from './failure-of-job.ts';
import { nextAfterCancel } from './next-after-cancel.ts';
import { noteLastEnd } from './steps/note-end.ts';
import { stepsSoFar } from './steps/steps-so-far.ts';

/**
 * Ends the job: verdict, objectives, final status, the lease given back. Run again on an ended job it only makes sure
 * that the last event is written and the lease is free.
 */
export const closeJob = anyTask(async (job, context, input) => {
  const closed = isFinal(job.status) ? job : await close(job, context, input);
  await recordWhatIsMissing(closed, context);
  await recordEnd(closed, context);
  await endLease(closed, context);
  return GO;
});

/** Records what a task that was given up, a task whose job another process closed, or a process that died between two writes could not. */
async function recordWhatIsMissing(job: Job, context: TaskContext): Promise<void> {
  try {
    if (isCutoverJob(job)) await noteWritesLeft(job, context);
    for (const stage of STAGES) await noteLastEnd(job, stage, context);
    await recordBreakGlass(job, context.jobs);
    // The request of a run that the schedule skipped is its end.
    if (!wasSkipped(job)) await recordCancel(job, context.jobs);
  } catch (error) {
    // Another process has closed the timeline meanwhile: it stays as it is.
    if (!(error instanceof JobClosedError)) throw error;
  }
}

/** Gives the lease back, or keeps it for as long as Atlas may be overwriting the target. */
async function endLease(job: Job, context: TaskContext): Promise<void> {
  const target = leaseName(job);
  if (target === undefined) return;
  const owner = job.jobId;
  if (!isRestoreJob(job) || job.restoreGoesOn !== true) {
    await context.jobs.giveBackLease(target, owner);
    return;
  }
  const { restoreIntent, runbook } = job;
  const until = Date.parse(restoreIntent?.at ?? job.createdAt) + runbook.timeouts.restore * 1000;
  try {
    await context.jobs.takeLease({ target, owner, expiresAt: isoTime(until) }, isoTime(context.clock.now()));
  } catch (error) {
    // Closed a second time, after the restore was over and another job had taken the target.
    if (!(error instanceof LeaseHeldError)) throw error;
  }
}

function close(job: Job, context: TaskContext, input: TaskInput): Promise<Job> {
  const now = isoTime(context.clock.now());
  const failure = failureOf(job, input, now);
  const ended = {
    status: transition(job, statusAfter(failure)),
    endedAt: now,
    phases: endAll(job.phases, now),
    steps: stepsAtEnd(job, now),
    ...(failure !== undefined && { failure }),
  };
  if (!isRestoreJob(job)) return saveJob(job, { ...ended, verdict: verdictOf(job, failure, []) }, context);
  const { rtoSeconds, rpoSeconds, rto, rpo } = achievedBy(job, now);
  const verdict = verdictOf(job, failure, [rto, rpo]);
  // What a clean-up that broke off left open stays open: Atlas may be overwriting the target.
  const mayGoOn = failure?.unsure === true && job.runbook.target !== undefined;
  return saveJob(
    job,
    {
      ...ended,
      verdict,
      rtoSeconds,
      rpoSeconds,
      objectives: { rto, rpo },
      ...(mayGoOn && { restoreGoesOn: true as const }),
    },
    context,
  );
}

function achievedBy(job: RestoreJob, now: string): Objectives {
  return judgeObjectives({
    runbook: job.runbook,
    startedAt: job.startedAt ?? job.createdAt,
    snapshotSeconds: snapshotSeconds(job, now),
    ...(job.restoredAt !== undefined && { restoredAt: job.restoredAt }),
    ...(job.recoveryPoint !== undefined && { recoveryPoint: job.recoveryPoint }),
  });
}

const OUTCOME_UNKNOWN = new Set(['RestoreOutcomeUnknownError', 'PipelineOutcomeUnknownError']);

function verdictOf(
  { checks }: Job,
  failure: JobFailure | undefined,
  objectives: readonly ObjectiveResult[],
): Verdict {
  // What nothing can tell any more is neither done nor failed.
  if (failure !== undefined && OUTCOME_UNKNOWN.has(failure.name)) return 'inconclusive';
  if (failure !== undefined || objectives.some(({ met }) => met === false)) return 'failed';
  return checks.some(isUnknown) || objectives.some(isUnmeasured) ? 'inconclusive' : 'passed';
}

/** An objective was set, and nothing could be measured against it. */
function isUnmeasured({ objectiveSeconds, met }: ObjectiveResult): boolean {
  return objectiveSeconds !== undefined && met === null;
}

function isUnknown(check: Job['checks'][number]): boolean {
  return check.outcome === 'unknown';
}

function statusAfter(failure: JobFailure | undefined): JobStatus {
  if (failure === undefined) return 'SUCCEEDED';
  return failure.name === 'JobCancelledError' ? 'CANCELLED' : 'FAILED';
}

/** The failure on record, or the one that the clean-up itself ran into before it could write one. */
function failureOf(job: Job, { caught }: TaskInput, at: string): JobFailure | undefined {
  if (job.failure === undefined && caught === undefined) return undefined;
  const failure = job.failure ?? failureOfJob(job, caught, at);
  const changed = [failure.changed, stepsSoFar(job)].filter((part) => part !== undefined && part !== '');
  return {
    ...failure,
    ...(changed.length > 0 && { changed: changed.join(' ') }),
    // The steps of resumeWrites came after the clean-up wrote its advice.
    ...(isCutoverJob(job) && isCancel(failure) && { next: nextAfterCancel(job) }),
  };
}

async function recordEnd(job: Job, context: TaskContext): Promise<void> {
  await context.jobs.append(job.jobId, endEvent(job, job.endedAt ?? isoTime(context.clock.now())));
}
