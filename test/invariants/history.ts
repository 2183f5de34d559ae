import { verifyChain } from '../../core/jobs/chain.ts';
import { isRestoreJob, workflowOf, type Job } from '../../core/jobs/job.ts';
import { isClaim } from '../../core/jobs/lease-name.ts';
import { isFinal } from '../../core/jobs/status.ts';
import { verifyJob } from '../../core/report/verify-job.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import { ofEachJob, type Invariant } from './invariant.ts';

/** The milestones of each workflow, in the order in which they stand; a job need not reach them all. */
const MILESTONES: Readonly<Record<ReturnType<typeof workflowOf>, readonly string[]>> = {
  restore: [
    'job-started',
    'recovery-point-chosen',
    'restore-started',
    'restore-finished',
    'restore-verified',
  ],
  cutover: [
    'job-started',
    'migration-ready',
    'writes-stopped',
    'cutover-accepted',
    'cutover-complete',
    'cutover-verified',
    'writes-switched',
    'snapshot-requested',
    'snapshot-completed',
  ],
  pipeline: ['job-started', 'run-done', 'run-verified'],
  campaign: ['job-started', 'campaign-judged'],
};
const ENDINGS = ['job-succeeded', 'job-failed', 'job-cancelled'];
/** What may happen to a job that has ended: people are told, or answer too late. */
const AFTER_THE_END = /^(notice-|approval-refused$)/;

const jobEnds = ofEachJob('every-job-ends', 'Every job ends: SUCCEEDED, FAILED or CANCELLED.', (job) =>
  isFinal(job.status) ? [] : [`it is ${job.status}`],
);

const acknowledgedStay = ofEachJob(
  'acknowledged-events-stay',
  'Every event that a store acknowledged to anybody, living or dead, stands in the timeline, once and unchanged.',
  ({ jobId }, witness) => {
    const standing = new Map<number, string[]>();
    for (const event of witness.timelineOf(jobId))
      standing.set(event.sequence, [...(standing.get(event.sequence) ?? []), JSON.stringify(event)]);
    return witness.acknowledgedOf(jobId).flatMap((event) => {
      const there = standing.get(event.sequence) ?? [];
      if (there.length === 1 && there[0] === JSON.stringify(event)) return [];
      return [`event ${event.sequence} (${event.type}) stands there ${there.length} time(s), or was changed`];
    });
  },
);

const chainVerifies = ofEachJob(
  'the-chain-verifies',
  'The hash chain of every timeline verifies.',
  ({ jobId }, witness) => {
    const verdict = verifyChain(witness.timelineOf(jobId));
    return verdict.ok ? [] : [verdict.reason];
  },
);

const onceIsOnce = ofEachJob(
  'once-is-once',
  'No event that is to be written once stands in a timeline twice.',
  ({ jobId }, witness) => {
    const keys = witness.timelineOf(jobId).flatMap(({ once }) => (once === undefined ? [] : [once]));
    return repeated(keys).map((key) => `"${key}" stands there more than once`);
  },
);

const milestones = ofEachJob(
  'milestones-once-in-order',
  'Milestones stand in a timeline at most once and in their order; a timeline ends with one end of its job.',
  (job, witness) => {
    const order = MILESTONES[workflowOf(job.kind)];
    const events = witness.timelineOf(job.jobId);
    const types = events.map(({ type }) => type);
    const seen = types.filter((type) => order.includes(type));
    const wanted = order.filter((type) => seen.includes(type));
    const wrong = seen.join() === wanted.join() ? [] : [`milestones are ${seen.join(', ')}`];
    return [...wrong, ...wrongEnd(job, events)];
  },
);

function wrongEnd(job: Job, events: readonly TimelineEvent[]): string[] {
  const types = events.map(({ type }) => type);
  const ends = types.filter((type) => ENDINGS.includes(type));
  if (ends.join() !== `job-${job.status.toLowerCase()}`)
    return [`it is ${job.status}, and its ends are ${ends.join(', ') || 'none'}`];
  const after = events.slice(types.findIndex((type) => ENDINGS.includes(type)) + 1);
  const late = after.filter(({ type }) => !AFTER_THE_END.test(type));
  return late.length === 0 ? [] : [`after its end stand ${late.map(({ type }) => type).join(', ')}`];
}

const noStepUnderWay = ofEachJob(
  'steps-end-with-their-job',
  'No step of a job that has ended is under way, in its record or in its report.',
  (job, witness) => {
    if (!isFinal(job.status)) return [];
    const kept = Object.entries(job.steps).filter(([, { status }]) => status === 'running');
    const told = witness.reportOf(job.jobId)?.steps.filter(({ status }) => status === 'running') ?? [];
    return [...kept.map(([key]) => key), ...told.map(({ name }) => name)].map(
      (name) => `${name} is under way`,
    );
  },
);

const verifies = ofEachJob(
  'the-history-verifies',
  'The record, the timeline and the report of every job that ended agree, and all of the record is covered.',
  (job, witness) => {
    const { jobId } = job;
    const facts = witness.reportOf(jobId);
    const report = facts === undefined ? { problem: 'missing' as const } : { facts };
    return verifyJob({ jobId, job, timeline: witness.timelineOf(jobId), report })
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ about, message }) => `${about}: ${message}`);
  },
);

const leasesGivenBack: Invariant = {
  name: 'leases-given-back',
  says: 'No lease is left, but that of a restore which goes on after its job has ended; none has an unknown owner.',
  broken: ({ leases, jobs, wentOnLate }) =>
    leases.flatMap(({ target, owner, expiresAt }) => {
      const job = jobs.find(({ jobId }) => jobId === owner);
      if (isClaim(target)) return [];
      if (job === undefined) return [`${owner}: an unknown job holds ${target}`];
      const keeps = isRestoreJob(job) && job.restoreGoesOn === true;
      // One that was held up may renew it too late: the next job takes it over from a job that has ended.
      return !isFinal(job.status) || keeps || wentOnLate === true
        ? []
        : [`${owner}: it ended and holds ${target} until ${expiresAt}`];
    }),
};

const noSecrets = ofEachJob(
  'no-secret-is-kept',
  'No secret stands in a record, a timeline or a report.',
  (job, witness) => {
    const kept: Readonly<Record<string, unknown>> = {
      record: job,
      timeline: witness.timelineOf(job.jobId),
      report: witness.reportOf(job.jobId) ?? null,
    };
    return Object.entries(kept).flatMap(([where, value]) => {
      const text = JSON.stringify(value);
      return witness.secrets.some((secret) => secret !== '' && text.includes(secret))
        ? [`its ${where} holds a secret`]
        : [];
    });
  },
);

const reportAgrees = ofEachJob(
  'reports-agree',
  'Every job that began has a report, which says what the record and the timeline say.',
  (job, witness) => {
    const report = witness.reportOf(job.jobId);
    if (report === undefined) return job.startedAt === undefined ? [] : ['it has no report'];
    const said = [report.status, report.verdict, report.endedAt, report.atlas.restoreJobId];
    const stands = [job.status, job.verdict ?? null, job.endedAt ?? null, job.atlas.restoreJobId ?? null];
    const differs = JSON.stringify(said) === JSON.stringify(stands) ? [] : [`it says ${said.join(', ')}`];
    const failure = JSON.stringify(report.failure) === JSON.stringify(job.failure ?? null);
    return [
      ...differs,
      ...(failure ? [] : ['its report tells of another failure than its record']),
      ...(isBeginning(report.events, witness.timelineOf(job.jobId))
        ? []
        : ['its report has another timeline']),
      ...(report.chain.intact ? [] : ['its report says that the chain is broken']),
    ];
  },
);

/** A late answer may stand behind what the report saw, which the end must be among. */
function isBeginning(reported: readonly TimelineEvent[], events: readonly TimelineEvent[]): boolean {
  const hashes = (list: readonly TimelineEvent[]) => list.map(({ hash }) => hash).join();
  const isThere = reported.some(({ type }) => ENDINGS.includes(type));
  return isThere && hashes(reported) === hashes(events.slice(0, reported.length));
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** What holds of the history of any job. */
export const HISTORY_INVARIANTS: readonly Invariant[] = [
  jobEnds,
  acknowledgedStay,
  chainVerifies,
  noStepUnderWay,
  verifies,
  onceIsOnce,
  milestones,
  leasesGivenBack,
  noSecrets,
  reportAgrees,
];
