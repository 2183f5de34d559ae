import { isoTime } from '../../../core/clock.ts';
import { sealEvent } from '../../../core/jobs/chain.ts';
import type { Job, PhaseName, PhaseTiming, RestoreJob } from '../../../core/jobs/job.ts';
import type { NewEvent, TimelineEvent } from '../../../core/jobs/timeline.ts';
import { buildReport } from '../../../core/report/build-report.ts';
import type { Report } from '../../../core/report/report.ts';
import type { CheckResult } from '../../../core/runbooks/check.ts';
import { parseRestore } from '../../support/restores.ts';

/** A job with its timeline and the moment its report is made. */
export interface Case<Kind extends Job = RestoreJob> {
  readonly job: Kind;
  readonly timeline: readonly TimelineEvent[];
  readonly generatedAt: string;
}

export const PROJECT = '64b0c1d2e3f4a5b6c7d8e9f0';
export const OTHER_PROJECT = '64b0c1d2e3f4a5b6c7d8e9f1';
export const SNAPSHOT = '68981a2b3c4d5e6f70819202';
const SEED = 2_463_534_242;
export const RESTORE_JOB = '68983a4b5c6d7e8f90a1b2c3';
const START = Date.parse('2026-08-10T03:00:00.000Z');

/** The instant `seconds` after the job was created. */
export function at(seconds: number): string {
  return isoTime(START + Math.round(seconds * 1000));
}

export const DRILL_TEXT = `# Rehearses the nightly restore of the order database.
version: 1
kind: drill
name: nightly-orders
description: Can last night's backup of the orders be brought back before the shops open?
source: { project: ${PROJECT}, cluster: orders }
target: { project: ${OTHER_PROJECT}, cluster: orders-drill }
recoveryPoint:
  random: { within: 7d } # any night of the last week
objectives:
  rto: 30m
  rpo: 24h
guards:
  allowedProjects: [${OTHER_PROJECT}]
`;

export const GUARDS: readonly CheckResult[] = [
  {
    name: 'target-is-not-source',
    outcome: 'pass',
    message: 'The target orders-drill is another cluster than the source orders.',
    evidence: { source: `${PROJECT}/orders`, target: `${OTHER_PROJECT}/orders-drill` },
  },
  {
    name: 'target-project-allowed',
    outcome: 'pass',
    message: 'The project of the target is on the allow list.',
    evidence: { project: OTHER_PROJECT },
  },
  {
    name: 'version-same-or-newer',
    outcome: 'pass',
    message: 'The target runs 8.0.29, the snapshot was taken on 8.0.26.',
    evidence: { target: '8.0.29', snapshot: '8.0.26' },
  },
  {
    name: 'disk-large-enough',
    outcome: 'pass',
    message: 'The smallest node of the target has 40 GiB of disk; the snapshot needs 12.4 GiB.',
    evidence: { diskGB: 40, snapshotBytes: 13_314_398_617 },
  },
];

export const CHECKS: readonly CheckResult[] = [
  {
    name: 'restore-job-flags',
    outcome: 'pass',
    message: 'Atlas says that the restore job finished; it neither failed, expired nor was cancelled.',
    evidence: { failed: false, expired: false, cancelled: false },
  },
  { name: 'target-idle', outcome: 'pass', message: 'The target is IDLE again.', evidence: { state: 'IDLE' } },
  {
    name: 'restore-event',
    outcome: 'pass',
    message: 'The project has a CPS_RESTORE_SUCCESSFUL event from after the request.',
    evidence: { event: '68983b0000000000000000aa' },
  },
  {
    name: 'no-new-alerts',
    outcome: 'pass',
    message: 'No alert was opened on the target.',
    evidence: { open: 0 },
  },
];

export const EVENTS: readonly NewEvent[] = [
  {
    at: at(0),
    type: 'job-created',
    message: 'The job was created by cron-runner.',
    data: { by: 'cron-runner' },
  },
  { at: at(0.3), type: 'lease-taken', message: 'The job has the target orders-drill to itself.' },
  { at: at(2.1), type: 'guards-passed', message: 'All 4 guards passed.', data: { guards: 4 } },
  {
    at: at(3.8),
    type: 'recovery-point-chosen',
    message: `Snapshot ${SNAPSHOT} of 2026-08-08T02:11:09Z was drawn from 7.`,
    data: { snapshot: SNAPSHOT, seed: SEED, candidates: 7 },
  },
  {
    at: at(4.2),
    type: 'restore-intended',
    message: 'Atlas is about to be asked to restore.',
    data: { attempt: 1 },
  },
  { at: at(5), type: 'restore-started', message: `Atlas took the restore as ${RESTORE_JOB}.` },
  { at: at(125), type: 'restore-seen', message: 'The restore is still running.' },
  { at: at(231), type: 'restore-finished', message: 'Atlas says that the restore finished.' },
  { at: at(252.4), type: 'restore-verified', message: '4 checks passed.', data: { checks: 4 } },
  { at: at(256.4), type: 'job-succeeded', message: 'The job ended: passed.', data: { verdict: 'passed' } },
];

/** Phases from their names and the seconds at which they began and ended; without an end they did not end. */
export function phases(
  spans: Partial<Record<PhaseName, readonly [from: number, to?: number]>>,
): Partial<Record<PhaseName, PhaseTiming>> {
  return Object.fromEntries(
    Object.entries(spans).map(([name, [from, to]]) => [
      name,
      { startedAt: at(from), ...(to === undefined ? {} : { endedAt: at(to) }) },
    ]),
  );
}

/** A timeline with its hashes, chained as the job store chains them. */
export function chained(jobId: string, events: readonly NewEvent[]): readonly TimelineEvent[] {
  const timeline: TimelineEvent[] = [];
  for (const event of events) timeline.push(sealEvent(jobId, event, timeline.at(-1)));
  return timeline;
}

/** The report of a case. */
export function reportOf({ job, timeline, generatedAt }: Case<Job>): Report {
  return buildReport(job, timeline, generatedAt);
}

/** A drill that passed in 256.4 seconds, with both objectives met. */
export function passedDrill(): Case {
  const jobId = '01K29T6Q00ABCDEFGHJKMNPQRS';
  const job: RestoreJob = {
    jobId,
    version: 12,
    kind: 'drill',
    status: 'SUCCEEDED',
    runbook: parseRestore(DRILL_TEXT),
    runbookText: DRILL_TEXT,
    policy: { protectedClusters: [`${PROJECT}/*`] },
    startedBy: { type: 'schedule', who: 'cron-runner' },
    seed: SEED,
    createdAt: at(0),
    updatedAt: at(256.4),
    startedAt: at(0.2),
    endedAt: at(256.4),
    phases: phases({
      guard: [0.4, 2.1],
      recoveryPoint: [2.1, 3.8],
      restore: [4.2, 231],
      verify: [231, 252.4],
    }),
    recoveryPoint: {
      chosenBy: 'random',
      time: '2026-08-08T02:11:09.000Z',
      nextTime: '2026-08-09T00:26:09.000Z',
      seed: SEED,
      candidates: 7,
      snapshot: {
        id: SNAPSHOT,
        kind: 'replicaSet',
        status: 'completed',
        atlasStatus: 'completed',
        createdAt: '2026-08-08T02:11:09.000Z',
        expiresAt: '2026-08-15T02:11:09.000Z',
        version: '8.0.26',
        sizeBytes: 13_314_398_617,
        type: 'scheduled',
        encrypted: false,
      },
    },
    restoreAttempts: 1,
    restoreIntent: { at: at(4.2), attempt: 1, snapshotId: SNAPSHOT, delivery: 'automated', alreadyThere: [] },
    atlas: {
      clusterKind: 'replicaSet',
      snapshotId: SNAPSHOT,
      restoreJobId: RESTORE_JOB,
      restoreFinishedAt: at(229.7),
    },
    guards: GUARDS,
    checks: CHECKS,
    steps: {},
    approvals: {},
    notices: {},
    restoredAt: at(252.4),
    rtoSeconds: 252.2,
    rpoSeconds: 80_100,
    objectives: {
      rto: { objectiveSeconds: 1800, achievedSeconds: 252.2, met: true },
      rpo: { objectiveSeconds: 86_400, achievedSeconds: 80_100, met: true },
    },
    verdict: 'passed',
  };
  return { job, timeline: chained(jobId, EVENTS), generatedAt: at(257) };
}
