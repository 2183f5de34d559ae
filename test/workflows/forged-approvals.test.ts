import { afterEach, describe, expect, it } from 'vitest';
import type { ApprovalDecision, ApprovalRecord } from '../../core/jobs/approval-record.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../support/rehearsal.ts';

let rehearsal: Rehearsal | undefined;
afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

const said = (request: ApprovalRecord, who: string, at: string): ApprovalDecision => ({
  decision: 'approve',
  by: { type: 'cli', who },
  reason: 'forged',
  plan: request.plan.hash,
  at,
});

/** What somebody who can write the record, and never asked the rules, might write into the open request. */
const FORGERIES: readonly [string, (request: ApprovalRecord) => ApprovalRecord][] = [
  ['that nobody has to approve', (request) => ({ ...request, rule: { ...request.rule, count: 0 } })],
  [
    'that anybody may approve, and one who does',
    (request) => ({
      ...request,
      rule: { count: 1 },
      decisions: [said(request, 'mallory', request.requestedAt)],
    }),
  ],
  [
    'an approval that is dated ahead',
    (request) => ({ ...request, decisions: [said(request, 'anna', request.until)] }),
  ],
  [
    'a longer time, and an approval in it',
    (request) => ({
      ...request,
      until: '2026-12-31T00:00:00.000Z',
      decisions: [said(request, 'anna', '2026-12-30T00:00:00.000Z')],
    }),
  ],
  ['an outcome', (request) => ({ ...request, outcome: 'approved', endedAt: request.requestedAt })],
];

describe('a forged record', () => {
  it.each(FORGERIES)('with %s restores nothing', async (_what, forge) => {
    const at = await openRehearsal();
    rehearsal = at;
    const { jobId } = await at.start(runbookText({ approval: '{ from: [anna], within: 30m }' }));
    at.when('approval-wanted', async () => {
      const job = await at.jobs.get(jobId);
      const request = job.approvals.job;
      if (request === undefined) throw new Error('Nobody was asked.');
      await at.jobs.save({ ...job, approvals: { job: forge(request) } });
    });
    const job = await at.run(jobId);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'ApprovalExpiredError' } });
    expect(at.simulator.restoreJobCount()).toBe(0);
  });
});
