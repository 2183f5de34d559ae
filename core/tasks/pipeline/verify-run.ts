import { isoTime } from '../../clock.ts';
import { lookAtKnownRun } from '../../facts/find-run.ts';
import type { RunState } from '../../facts/run-state.ts';
import type { PipelineJob } from '../../jobs/job.ts';
import { begin } from '../../jobs/phases.ts';
import type { RunBefore } from '../../jobs/pipeline-record.ts';
import { runTitle } from '../../jobs/run-title.ts';
import { stepChecks } from '../../jobs/steps.ts';
import type { CheckResult, Look } from '../../runbooks/check.ts';
import { beforeChecks, collectionChecks, floorChecks, keptChecks } from '../../verification/run-checks.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forPipelines, saveJob } from '../define-task.ts';
import { toVerifySteps } from '../steps/to-steps.ts';
import { VerificationFailedError } from '../errors.ts';
import { readFollowed, recordOf } from './look-at-run.ts';
import { findRunBefore } from './run-before.ts';

/**
 * Looks at the run once more and checks what it exported: against the floor, against the run before, and how long it is
 * kept. A pipeline of which the history knows no earlier run has nothing to be compared with, which the timeline says; that
 * keeps no first run from passing. The steps of `verify` come after it.
 *
 * @throws VerificationFailedError when a check failed.
 */
export const verifyRun = advancingTask(
  forPipelines(async (job, context) => {
    // Verified before the process died.
    if (job.phases.verify?.endedAt !== undefined) return toVerifySteps(job, context);
    // That Atlas no longer knows a run that was done is no reason to follow something else.
    const again = await lookAtKnownRun(runTitle(job), () => readFollowed(job, context));
    const seen = 'seen' in again ? { ...job, run: recordOf(job.run, again.seen) } : job;
    const before = await findRunBefore(seen, context);
    const now = isoTime(context.clock.now());
    const checks = [
      runDone(job, again),
      ...collectionChecks(seen),
      ...floorChecks(seen),
      ...beforeChecks(seen, before),
      ...keptChecks(seen, now),
    ];
    const phases = begin(seen.phases, 'verify', now);
    const run = before !== undefined && 'seen' in before ? { ...seen.run, before: before.seen } : seen.run;
    const verified = await saveJob(seen, { checks: [...checks, ...stepChecks(seen)], run, phases }, context);
    await record(seen, checks, before, now, context);
    const failed = checks.filter(({ outcome }) => outcome === 'fail');
    if (failed.length > 0) throw verificationFailed(job, failed);
    return toVerifySteps(verified, context);
  }),
);

function runDone(job: PipelineJob, again: Look<RunState>): CheckResult {
  const name = 'run-done';
  if ('unseen' in again) {
    const message = `Could not look again at ${again.unseen}; whether what it wrote is still there is not known.`;
    return { name, outcome: 'unknown', message };
  }
  const { outcome, state, snapshotId = null } = again.seen;
  const { doneAt = null } = job.run;
  return {
    name,
    outcome: outcome === 'done' ? 'pass' : 'fail',
    message: `Atlas says that ${runTitle(job)} is ${state}.`,
    evidence: { state, snapshotId, doneAt },
  };
}

async function record(
  { jobId, runbook }: PipelineJob,
  checks: readonly CheckResult[],
  before: Look<RunBefore> | undefined,
  at: string,
  { jobs }: TaskContext,
): Promise<void> {
  const failed = checks.filter(({ outcome }) => outcome === 'fail');
  const unknown = checks.filter(({ outcome }) => outcome === 'unknown').length;
  const first =
    before === undefined
      ? ` This history knows no earlier run of pipeline ${runbook.pipeline.name} that did not fail, so it was compared with none.`
      : '';
  const passed = `${checks.length - unknown} checks passed${unknown > 0 ? `, ${unknown} could not look` : ''}.`;
  await jobs.append(jobId, {
    at,
    type: failed.length === 0 ? 'run-verified' : 'verification-failed',
    once: 'verified',
    message: `${failed.length === 0 ? passed : `Failed: ${failed.map(({ name }) => name).join(', ')}.`}${first}`,
    data: {
      checks: checks.length,
      failed: failed.length,
      unknown,
      compared: before !== undefined && 'seen' in before,
    },
  });
}

function verificationFailed({ jobId }: PipelineJob, failed: readonly CheckResult[]): VerificationFailedError {
  return new VerificationFailedError(failed.map(({ message }) => message).join(' '), {
    next: `Look at the evidence with: lifeboat report ${jobId}`,
  });
}
