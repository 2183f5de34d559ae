import { isCampaignJob, isCutoverJob, isPipelineJob, isRestoreJob, type Job } from '../../core/jobs/job.ts';
import { hasEnded, stepsOf } from '../../core/jobs/steps.ts';
import { STAGES } from '../../core/runbooks/steps/stages.ts';
import { ofEachJob, type Invariant } from './invariant.ts';
import type { Witness } from './witness.ts';

const statusAgrees = ofEachJob(
  'status-verdict-and-failure-agree',
  'A job that succeeded has a verdict and no failure; one that failed or was cancelled has a failure that says what was changed, and the verdict "failed", or "inconclusive" where nothing can tell any more how its restore, or its run, ended.',
  (job) => {
    const { status, verdict, failure, cancel, endedAt } = job;
    const faults = endedAt === undefined ? ['it has no end'] : [];
    if (status === 'SUCCEEDED') {
      if (verdict === undefined) faults.push('it succeeded without a verdict');
      if (failure !== undefined) faults.push(`it succeeded and failed: ${failure.name}`);
      return faults;
    }
    if (failure === undefined) faults.push(`it is ${status} without a failure`);
    else if ((failure.changed ?? '') === '')
      faults.push(`its failure (${failure.name}) says nothing of changes`);
    const isOutcomeUnknown = /^(Restore|Pipeline)OutcomeUnknownError$/.test(failure?.name ?? '');
    if (verdict !== (isOutcomeUnknown ? 'inconclusive' : 'failed'))
      faults.push(`it is ${status}, and its verdict is ${verdict ?? 'none'}`);
    if (status === 'CANCELLED' && cancel === undefined) faults.push('nobody cancelled it');
    return faults;
  },
);

const passedIsProven = ofEachJob(
  'passed-is-proven',
  'A job has the verdict "passed" only where Atlas finished what it was for, every check passed, and every objective was met.',
  (job, witness) => {
    if (job.verdict !== 'passed') return [];
    const bad = job.checks
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ name }) => `check ${name} did not pass`);
    return [...bad, ...unproven(job, witness), ...unfinishedSteps(job)];
  },
);

function unproven(job: Job, { atlas, jobs }: Witness): string[] {
  if (isCutoverJob(job)) {
    const isDone = atlas.cutovers.some(({ migrationId }) => migrationId === job.runbook.migration);
    return isDone && job.cutover.completedAt !== undefined ? [] : ['its migration was not cut over'];
  }
  if (isPipelineJob(job)) return job.run.doneAt === undefined ? ['its run was not seen done'] : [];
  if (isCampaignJob(job)) {
    const drills = job.campaign.drills ?? [];
    const passed = drills.filter(
      ({ jobId }) => jobs.find((one) => one.jobId === jobId)?.verdict === 'passed',
    );
    return passed.length === drills.length
      ? []
      : [`${drills.length - passed.length} of its drills did not pass`];
  }
  const restore = atlas.restores.find(({ id }) => id === job.atlas.restoreJobId);
  // The link of a download lapses after it was ready.
  const isDone = restore?.status === 'finished' || restore?.status === 'expired';
  const isMissed = Object.values(job.objectives ?? {}).some(({ met }) => met === false);
  return [
    ...(isDone ? [] : [`its restore is ${restore?.status ?? 'not there'}`]),
    ...(job.restoredAt === undefined ? ['it was not verified'] : []),
    ...(isMissed ? ['an objective was missed'] : []),
  ];
}

/** What is only for a job that fails is not begun. */
function unfinishedSteps(job: Job): string[] {
  return STAGES.filter((stage) => stage !== 'resumeWrites')
    .flatMap((stage) => stepsOf(job, stage))
    .filter((step) => !hasEnded(step))
    .map(({ key }) => `step ${key} did not end`);
}

const saysWhatChanged = ofEachJob(
  'what-was-changed-is-told',
  'A job that asked Atlas for nothing says that nothing was changed, and one whose restore or cutover Atlas began does not.',
  (job, { atlas }) => {
    const { failure } = job;
    if (failure === undefined || job.startedAt === undefined) return [];
    const changed = failure.changed ?? '';
    if (isCutoverJob(job)) {
      const made = atlas.cutovers.filter(({ migrationId }) => migrationId === job.runbook.migration);
      // What another job of ours cut over later is no business of this one.
      if (made.some(({ by = job.jobId }) => by !== job.jobId)) return [];
      const isCut = made.length > 0;
      return disagreement(
        /was not cut over|changed nothing|nothing was changed/i,
        (isCut && !changed.includes('somebody else')) || failure.unsure === true,
        changed,
      );
    }
    if (!isRestoreJob(job)) return [];
    const restore = atlas.restores.find(({ id }) => id === job.atlas.restoreJobId);
    if (restore?.target === undefined && job.restoreIntent !== undefined && job.runbook.target === undefined)
      return [];
    return disagreement(
      /no cluster was overwritten/i,
      restore !== undefined || failure.unsure === true,
      changed,
    );
  },
);

function disagreement(untouched: RegExp, isTouched: boolean, changed: string): string[] {
  return untouched.test(changed) === isTouched ? [`it says "${changed}"`] : [];
}

const stepsEndOnce = ofEachJob(
  'steps-are-told-as-they-ended',
  'Each step that ended is told of once in the timeline, as the record has it.',
  (job, witness) => {
    const told = witness
      .timelineOf(job.jobId)
      .flatMap(({ type, data }) =>
        type.startsWith('step-')
          ? [`${String(data?.stage)}/${String(data?.step)} ${type.slice('step-'.length)}`]
          : [],
      );
    const ended = STAGES.flatMap((stage) => stepsOf(job, stage))
      .filter(hasEnded)
      .map(({ key, record }) => `${key} ${record?.status ?? ''}`);
    // What a delivery that was held up ended, it may not have told any more.
    const due = witness.wentOnLate === true ? ended.filter((one) => told.includes(one)) : ended;
    const same = [...told].sort().join() === [...due].sort().join();
    return same ? [] : [`told are ${told.join(', ') || 'none'}, ended ${ended.join(', ') || 'none'}`];
  },
);

/** What holds of how jobs end. */
export const VERDICT_INVARIANTS: readonly Invariant[] = [
  statusAgrees,
  passedIsProven,
  saysWhatChanged,
  stepsEndOnce,
];
