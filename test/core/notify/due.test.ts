import { describe, expect, it } from 'vitest';
import type { Job } from '../../../core/jobs/job.ts';
import { dueNotices } from '../../../core/notify/due.ts';
import { pointOf, snapshot } from '../runbooks/fixtures.ts';
import { after, cutover, drill, request, START } from './some-jobs.ts';

const HOUR = 3600;
const NOTIFY = '[{ webhook: { url: "https://ops.example.com/hook" } }]';
const failure = { at: START, name: 'StepFailedError', message: 'It failed.' };
const cancel = { at: START, by: 'anna', reason: 'wrong night' };

function ids(job: Job, seconds: number): string[] {
  return dueNotices(job, after(seconds)).map(({ id }) => id);
}

describe('a drill', () => {
  it.each([
    ['before 80 % of its RTO', 0.79 * HOUR, ['started']],
    ['at 80 % of its RTO', 0.8 * HOUR, ['started', 'at-risk/rto']],
    ['over its RTO', 2 * HOUR, ['started', 'at-risk/rto']],
  ])('%s', (_, seconds, expected) => {
    expect(ids(drill(NOTIFY), seconds)).toEqual(expected);
  });

  it('does not count the time of a fresh snapshot against its RTO', () => {
    const snapshotIntent = { at: START, description: 'ours' };
    const taking = { recoveryPoint: { startedAt: START } };
    const taken = { recoveryPoint: { startedAt: START, endedAt: after(HOUR) } };
    expect(ids(drill(NOTIFY, { snapshotIntent, phases: taking }), HOUR)).toEqual(['started']);
    expect(ids(drill(NOTIFY, { snapshotIntent, phases: taken }), 1.7 * HOUR)).toEqual(['started']);
    expect(ids(drill(NOTIFY, { snapshotIntent, phases: taken }), 1.8 * HOUR)).toContain('at-risk/rto');
  });

  it('misses its RPO as soon as its recovery point is chosen', () => {
    const chosen = (createdAt: string) => drill(NOTIFY, { recoveryPoint: pointOf(snapshot({ createdAt })) });
    expect(ids(chosen(after(-25 * HOUR)), 60)).toEqual(['started', 'at-risk/rpo']);
    expect(ids(chosen(after(-23 * HOUR)), 60)).toEqual(['started']);
  });

  it('is at no risk once the data is back, or once it has failed or is cancelled', () => {
    expect(ids(drill(NOTIFY, { restoredAt: after(60) }), HOUR)).toEqual(['started']);
    expect(ids(drill(NOTIFY, { failure }), HOUR)).toEqual(['started']);
    expect(ids(drill(NOTIFY, { cancel }), HOUR)).toEqual(['started']);
  });

  it.each([
    [{ status: 'SUCCEEDED', verdict: 'passed' }, 'succeeded'],
    [{ status: 'SUCCEEDED', verdict: 'inconclusive' }, 'succeeded'],
    [{ status: 'SUCCEEDED', verdict: 'failed' }, 'failed'],
    [{ status: 'FAILED', verdict: 'failed', failure }, 'failed'],
    [{ status: 'CANCELLED', verdict: 'failed', failure }, 'cancelled'],
  ] as const)('that ended as %j has %s', (changes, expected) => {
    const job = drill(NOTIFY, { ...changes, approvals: { job: request() } });
    expect(ids(job, HOUR)).toEqual(['started', expected]);
  });

  it('that has not begun is not told of', () => {
    const { startedAt, ...job } = drill(NOTIFY);
    expect(startedAt).toBeDefined();
    expect(ids({ ...job, status: 'PENDING' }, 0)).toEqual([]);
  });
});

describe('a question', () => {
  it('is put until its time is over, and anew when the plan has changed', () => {
    const job = drill(NOTIFY, { approvals: { job: request() } });
    expect(ids(job, 60)).toEqual(['started', 'approval-wanted/job/1']);
    expect(ids(drill(NOTIFY, { approvals: { job: request({ number: 2 }) } }), 60)).toContain(
      'approval-wanted/job/2',
    );
    expect(ids(job, HOUR).filter((id) => id.startsWith('approval'))).toEqual([]);
  });

  it('that was answered is not put any more, even before the job has seen the answer', () => {
    const said = { decision: 'approve', by: { type: 'cli', who: 'anna' }, reason: 'fine' } as const;
    const decisions = [{ ...said, at: after(30), plan: request().plan.hash }];
    expect(ids(drill(NOTIFY, { approvals: { job: request({ decisions }) } }), 60)).toEqual(['started']);
  });

  it('of a failed job is put only by the steps that run all the same', () => {
    const asking = (gate: string) => drill(NOTIFY, { failure, approvals: { [gate]: request() } });
    expect(ids(asking('after/hand over'), 60)).toEqual(['started']);
    expect(ids(asking('cleanup/hand back'), 60)).toContain('approval-wanted/cleanup/hand back/1');
  });
});

describe('a cutover', () => {
  it('is at risk when 80 % of its write stop are gone, until it is asked for', () => {
    const stopped = { writesStoppedAt: START };
    expect(ids(cutover(stopped), 479)).toEqual(['started']);
    expect(ids(cutover(stopped), 480)).toEqual(['started', 'at-risk/writeStop']);
    expect(ids(cutover({ ...stopped, writesBackAt: after(400) }), 480)).toEqual(['started']);
    const intent = { at: after(400), attempt: 1, lagSeconds: 1 };
    expect(ids(cutover({ ...stopped, intent }), 480)).toEqual(['started']);
  });

  it.each([
    [71, []],
    [72, ['at-risk/migration-48h']],
    [96, ['at-risk/migration-24h']],
    [108, ['at-risk/migration-12h']],
    [114, ['at-risk/migration-6h']],
    [119, ['at-risk/migration-1h']],
    [121, ['at-risk/migration-1h']],
  ])('%i hours after its migration was ready tells %j', (hours, expected) => {
    expect(ids(cutover({ readyAt: START }), hours * HOUR)).toEqual(['started', ...expected]);
  });
});
