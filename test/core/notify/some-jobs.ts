import { asRestore } from '../../support/restores.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import type { ApprovalRecord } from '../../../core/jobs/approval-record.ts';
import type { CutoverJob, Job, RestoreJob } from '../../../core/jobs/job.ts';
import { isCutoverJob } from '../../../core/jobs/job.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { runbookText } from '../../support/rehearsal.ts';

export const START = '2026-08-10T03:00:00.000Z';
const JOB_ID = '01K2A0000000000000000000ZZ';

/** The instant so many seconds after the start of the jobs here. */
export function after(seconds: number): string {
  return new Date(Date.parse(START) + seconds * 1000).toISOString();
}

function jobOf(text: string): Job {
  const job = newJob({
    jobId: JOB_ID,
    runbook: parseRunbook(text, 'runbook.yaml'),
    runbookText: text,
    policy: { protectedClusters: [] },
    startedBy: { type: 'cli', who: 'tester' },
    seed: 1,
    now: START,
  });
  return { ...job, status: 'RUNNING', startedAt: START };
}

/** A drill that began at the start, with an RTO of an hour and an RPO of a day. */
export function drill(notify: string, changes: Partial<RestoreJob> = {}): RestoreJob {
  return { ...asRestore(jobOf(runbookText({ notify }))), ...changes };
}

/** A cutover that began at the start, with writes stopped for 10 minutes at most. */
export function cutover(changes: Partial<CutoverJob['cutover']> = {}): CutoverJob {
  const step = (name: string) => `[{ name: ${name}, use: approval, with: { prompt: Is it so? } }]`;
  const job = jobOf(`version: 1
kind: cutover
name: orders-night
migration: 5e2f1c0a9d3b7a4c8e6f0d01
target: { project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-drill }
lag: { atMost: 5s }
maxWriteStop: 10m
rollback: Point the application at the old cluster.
notify: [{ webhook: { url: 'https://ops.example.com/hook' } }]
stopWrites: ${step('stop')}
switchWrites: ${step('switch')}
resumeWrites: ${step('resume')}
`);
  if (!isCutoverJob(job)) throw new TypeError('It is no cutover.');
  return { ...job, cutover: { ...job.cutover, ...changes } };
}

/** A request for approval, made at the start and open for an hour. */
export function request(changes: Partial<ApprovalRecord> = {}): ApprovalRecord {
  return {
    number: 1,
    plan: {
      hash: 'c0ffee'.repeat(10) + 'beef',
      runbook: 'c'.repeat(64),
      action: 'Restore orders onto orders-drill',
      erases: '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill',
      recoveryPoint: { time: after(-3600), snapshotId: '650000000000000000000001' },
      guards: [],
    },
    rule: { count: 1, from: ['anna'] },
    requestedAt: START,
    until: after(3600),
    decisions: [],
    ...changes,
  };
}
