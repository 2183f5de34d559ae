import type { ApprovalRecord } from '../../../core/jobs/approval-record.ts';
import type { CutoverJob, JobFailure } from '../../../core/jobs/job.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import type { StepRecord } from '../../../core/jobs/step-record.ts';
import type { NewEvent } from '../../../core/jobs/timeline.ts';
import type { CheckResult } from '../../../core/runbooks/check.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { at, chained, OTHER_PROJECT, phases, PROJECT, type Case } from './fixtures.ts';

export const MIGRATION = '689830c1d2e3f4a5b6c7d8e9';
export const SNAPSHOT_AFTER = '68983f0a1b2c3d4e5f607182';

export const CUTOVER_TEXT = `version: 1
kind: cutover
name: orders-to-new
description: The night on which the orders move.
migration: ${MIGRATION}
source: { project: ${PROJECT}, cluster: orders }
target: { project: ${OTHER_PROJECT}, cluster: orders-new }
lag: { atMost: 5s, readings: 3, every: 10s }
maxWriteStop: 10m
approval: { from: [anna, ben, chris], count: 2, within: 1h }
stopWrites:
  - { name: stop the shop, use: webhook, with: { url: 'https://shop.example.com/stop' } }
switchWrites:
  - { name: point the shop at the target, use: webhook, with: { url: 'https://shop.example.com/switch' } }
resumeWrites:
  - { name: start the shop again, use: webhook, with: { url: 'https://shop.example.com/start' } }
notify:
  - { slack: { urlSecret: MIGRATION_NIGHT_URL } }
rollback: |
  Job {{job}} stopped on this side of the cutover: {{side}}.
  1. Keep the shop off. It was stopped at {{writesStoppedAt}}; Atlas was asked at {{cutoverAskedAt}}.
  2. Compare {{source}} with {{target}}, then call the one on duty.
`;

const GUARDS: readonly CheckResult[] = [
  {
    name: 'migration-not-over',
    outcome: 'pass',
    message: `Live migration ${MIGRATION} is WORKING.`,
    evidence: { status: 'WORKING' },
  },
  { name: 'target-idle', outcome: 'pass', message: 'The target orders-new is IDLE.' },
];

export const CHECKS: readonly CheckResult[] = [
  {
    name: 'document-count',
    outcome: 'pass',
    message: 'Source and target hold 12,004,331 documents each.',
    evidence: { source: 12_004_331, target: 12_004_331 },
  },
  { name: 'database-users', outcome: 'pass', message: 'Every database user of the source is on the target.' },
];

/** The instants of the night, in seconds since the job was created. Writes are stopped for 3 min 12 s. */
export const T = {
  ready: 21_600,
  asked: 21_602,
  yes: 21_840,
  stopped: 22_000,
  sent: 22_061,
  complete: 22_150,
  back: 22_192,
  end: 22_490,
};

export const PEOPLE: ApprovalRecord = {
  number: 2,
  plan: {
    hash: 'b7'.repeat(32),
    runbook: 'c'.repeat(64),
    action: `Cut live migration ${MIGRATION} over into ${OTHER_PROJECT}/orders-new; it cannot be undone`,
    guards: GUARDS.map(({ name, outcome }) => ({ name, outcome })),
  },
  rule: { from: ['anna', 'ben', 'chris'], count: 2 },
  requestedAt: at(T.asked),
  until: at(T.asked + 3600),
  decisions: [
    {
      decision: 'approve',
      by: { type: 'cli', who: 'anna' },
      reason: 'The shop is quiet.',
      at: at(T.asked + 100),
      plan: 'b7'.repeat(32),
    },
    {
      decision: 'approve',
      by: { type: 'cli', who: 'mallory' },
      reason: 'Written in past the rules.',
      at: at(T.asked + 150),
      plan: 'b7'.repeat(32),
    },
    {
      decision: 'approve',
      by: { type: 'cli', who: 'ben' },
      reason: 'I have the on-call phone.',
      at: at(T.yes),
      plan: 'b7'.repeat(32),
    },
  ],
  outcome: 'approved',
  endedAt: at(T.yes),
};

export function step(from: number, to: number, message: string): StepRecord {
  return {
    use: 'webhook',
    status: 'done',
    startedAt: at(from),
    sentAt: at(from),
    endedAt: at(to),
    seconds: to - from,
    message,
  };
}

export const STOPPED = {
  'stopWrites/stop the shop': step(T.stopped, T.stopped + 8, 'The shop answered that it is done.'),
};
export const SWITCHED = {
  'switchWrites/point the shop at the target': step(
    T.complete + 31,
    T.back,
    'The shop answered that it is done.',
  ),
};
const READINGS = [40, 50, 60].map((after, index) => ({ at: at(T.stopped + after), lagSeconds: 2 - index }));

export const EVENTS: readonly NewEvent[] = [
  { at: at(0), type: 'job-created', message: 'The job was created by dana.' },
  { at: at(2), type: 'guards-passed', message: 'All 2 guards passed.' },
  {
    at: at(T.ready),
    type: 'migration-ready',
    message: `Live migration ${MIGRATION} is ready for its cutover.`,
  },
  {
    at: at(T.asked),
    type: 'approval-wanted',
    message: 'Approval by 2 others of anna, ben, chris is wanted.',
  },
  { at: at(T.yes), type: 'approval-approved', message: 'The job is approved.' },
  {
    at: at(T.stopped + 8),
    type: 'writes-stopped',
    message: 'The application no longer writes to the source.',
  },
  { at: at(T.sent), type: 'cutover-asked', message: 'Atlas is about to be asked for the cutover.' },
  { at: at(T.complete), type: 'cutover-complete', message: 'Atlas says that the cutover is complete.' },
  { at: at(T.back), type: 'writes-switched', message: 'The application writes to the target.' },
  { at: at(T.end), type: 'job-succeeded', message: 'The job ended: passed.' },
];

export function begun(): CutoverJob {
  const job = newJob({
    jobId: '01K29T6Q00CUTOVERJ0B000001',
    runbook: parseRunbook(CUTOVER_TEXT, 'cutover.yaml'),
    runbookText: CUTOVER_TEXT,
    policy: { protectedClusters: [] },
    startedBy: { type: 'cli', who: 'dana' },
    seed: 1,
    now: at(0),
  });
  if (job.kind !== 'cutover') throw new TypeError('The runbook is no cutover.');
  return { ...job, status: 'RUNNING', startedAt: at(0.2), guards: GUARDS };
}

export function made(job: CutoverJob, events: number, now: number): Case<CutoverJob> {
  const timeline = chained(job.jobId, EVENTS.slice(0, events));
  return { job: { ...job, updatedAt: at(now) }, timeline, generatedAt: at(now) };
}

export function ended(job: CutoverJob, name: string, message: string, end: number): CutoverJob {
  const failure: JobFailure = {
    name,
    message,
    changed: 'See the report.',
    next: 'Look at the migration in Atlas.',
    at: at(end),
  };
  return { ...job, status: 'FAILED', verdict: 'failed', failure, endedAt: at(end) };
}

/** In the middle of the write stop: approved, writes stopped, the lag low. */
export function atThePoint(): CutoverJob {
  return {
    ...begun(),
    phases: phases({
      guard: [0.4, 3],
      migration: [3, T.ready],
      approval: [T.asked, T.yes],
      writeStop: [T.stopped],
    }),
    approvals: { job: PEOPLE },
    steps: STOPPED,
    cutover: {
      status: 'WORKING',
      readyAt: at(T.ready),
      readings: READINGS,
      writesStoppedAt: at(T.stopped),
      attempts: 0,
    },
    notices: {
      'started@1': { attempts: 1, triedAt: at(1), outcome: 'sent' },
      'approval-wanted/job/2@1': {
        attempts: 5,
        triedAt: at(T.asked + 120),
        problem: 'It answered 503.',
        outcome: 'given-up',
      },
    },
  };
}

/** The same, with the cutover asked for, taken and complete. */
export function done(): CutoverJob {
  const job = atThePoint();
  return {
    ...job,
    phases: {
      ...job.phases,
      ...phases({
        writeStop: [T.stopped, T.sent],
        cutover: [T.sent, T.complete],
        verify: [T.complete, T.complete + 30],
      }),
    },
    checks: CHECKS,
    cutover: {
      ...job.cutover,
      status: 'COMPLETE',
      attempts: 1,
      intent: { at: at(T.sent), attempt: 1, lagSeconds: 0 },
      acceptedAt: at(T.sent + 1),
      completedAt: at(T.complete),
    },
  };
}
